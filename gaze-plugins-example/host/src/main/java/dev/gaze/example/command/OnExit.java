package dev.gaze.example.command;

/** Something to do when somebody stops this process with Ctrl-C. Closed when it is no longer to be done. */
record OnExit(Thread hook) implements AutoCloseable {

    /**
     * Does something on Ctrl-C from now on.
     *
     * @param what names the thread it is done on
     */
    static OnExit call(String what, Runnable work) {
        Thread hook = new Thread(work, what);
        Runtime.getRuntime().addShutdownHook(hook);
        return new OnExit(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyRunning) {
            // it is what ended the work
            Thread.yield();
        }
    }
}
