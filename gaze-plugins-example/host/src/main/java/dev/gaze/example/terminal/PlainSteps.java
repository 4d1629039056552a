package dev.gaze.example.terminal;

import dev.gaze.api.job.JobEvent;

/** A line when a job starts, and one at every quarter of its steps: enough for a log, and not too much. */
final class PlainSteps implements Progress {
    private static final int PARTS = 4;

    private final Terminal terminal;
    private final Passes passes = new Passes();
    private int told;

    PlainSteps(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public synchronized void accept(JobEvent event) {
        if (event instanceof JobEvent.Queued queued && queued.position() > 1) {
            terminal.say("waiting   place " + queued.position());
        } else if (event instanceof JobEvent.Started started) {
            terminal.say("drawing   on " + started.backend());
        } else if (event instanceof JobEvent.Progressed step) {
            int pass = passes.of(step);
            int parts = pass * (PARTS + 1) + step.step() * PARTS / Math.max(1, step.steps());
            if (parts > told && parts % (PARTS + 1) > 0) {
                terminal.say(
                        "step      %d of %d%s".formatted(step.step(), step.steps(), pass > 1 ? ", pass " + pass : ""));
                told = parts;
            }
        }
    }

    @Override
    public void close() {
        // every line is out already
    }
}
