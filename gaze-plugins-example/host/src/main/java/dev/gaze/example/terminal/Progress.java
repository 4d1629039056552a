package dev.gaze.example.terminal;

import dev.gaze.api.job.JobEvent;
import java.util.function.Consumer;

/** Shows how far a job is. Closed when the job has ended. */
public interface Progress extends Consumer<JobEvent>, AutoCloseable {

    /**
     * A bar on a terminal, plain lines elsewhere.
     *
     * @param terminal where to show it
     * @return the progress of one job
     */
    static Progress on(Terminal terminal) {
        return terminal.interactive() ? new StepBar(terminal.bar()) : new PlainSteps(terminal);
    }

    @Override
    void close();
}
