package dev.gaze.core.asset;

import dev.gaze.core.file.ProcessStamp;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Who else may change the files of a library while it is open here, and how changes take turns with theirs. */
interface Others {
    /** Nobody else: the lock of the library says so. */
    Others NOBODY = new Others() {
        @Override
        public String me() {
            return ProcessStamp.mine().toString();
        }

        /** An earlier opening by this process is over as well. */
        @Override
        public boolean isGone(String opening) {
            return SharedWithOthers.process(opening)
                    .filter(process -> process.equals(ProcessStamp.mine()) || !process.alive())
                    .isPresent();
        }

        @Override
        public boolean exist() {
            return false;
        }

        @Override
        public <T> T inTurn(String category, Supplier<T> change) {
            return change.get();
        }

        @Override
        public void tell(Touched asset) {
            // nobody is there
        }

        @Override
        public void listen(Consumer<Touched> heard, Runnable lost) {
            // nobody says anything
        }
    };

    /**
     * What others are told of an asset that was changed.
     *
     * @param category its category
     * @param isFile whether the name is that of its file; else it is the slug of one that is gone or has no file
     * @param name as above
     */
    record Touched(String category, boolean isFile, String name) {}

    /** What this opening is called in the names of its intents. */
    String me();

    /** Whether an opening has ended, so that nobody else finishes what it has begun. */
    boolean isGone(String opening);

    /** Whether there may be somebody else. */
    boolean exist();

    /**
     * Makes a change to a category while nobody else does. Not to be called within a change.
     *
     * @param change must not speak to the database
     */
    <T> T inTurn(String category, Supplier<T> change);

    /** Tells others of a change that was made. */
    void tell(Touched asset);

    /**
     * Hears of the changes of others.
     *
     * @param heard called with each
     * @param lost called when some may not have been heard of
     */
    void listen(Consumer<Touched> heard, Runnable lost);
}
