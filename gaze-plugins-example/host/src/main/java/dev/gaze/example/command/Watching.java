package dev.gaze.example.command;

import dev.gaze.api.job.Batch;
import dev.gaze.api.job.BatchProgress;
import dev.gaze.api.job.Job;
import dev.gaze.api.job.JobState;
import dev.gaze.api.job.Subscription;
import dev.gaze.api.problem.GazeException;
import dev.gaze.example.terminal.BatchWatch;
import dev.gaze.example.terminal.Terminal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Follows a batch on the terminal. */
final class Watching {
    private Watching() {}

    /** Waits for the end and tells every image and every failure; 0 when all is done. */
    static int follow(Batch batch, Terminal terminal, Duration atMost, @Nullable SheetOption sheet) {
        terminal.say("batch     " + batch.id() + "  " + batch.name());
        BatchProgress end;
        try (BatchWatch watch = new BatchWatch(terminal, batch.jobs().size());
                Subscription subscription = batch.listen(watch)) {
            end = batch.await(atMost);
            watch.accept(end);
        }
        for (Job job : batch.jobs()) {
            if (job.state() == JobState.FAILED) {
                terminal.complain("failed    " + job.id() + "  "
                        + job.problem().map(Object::toString).orElse(""));
            }
        }
        batch.images().forEach(image -> terminal.say(image.file().toAbsolutePath()));
        if (sheet != null && end.done() > 0) {
            sheet.draw(batch, terminal);
        }
        if (end.failed() > 0) {
            terminal.complain("   fix    look at the failures above, then: retry " + batch.id());
        }
        return end.done() == end.size() ? 0 : ExitCodes.of(GazeException.Kind.FAILED);
    }
}
