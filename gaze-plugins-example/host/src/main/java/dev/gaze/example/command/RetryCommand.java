package dev.gaze.example.command;

import dev.gaze.api.Gaze;
import dev.gaze.api.job.Batch;
import dev.gaze.api.job.BatchId;
import dev.gaze.api.job.Job;
import dev.gaze.api.job.JobId;
import dev.gaze.example.terminal.Terminal;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Tries again what failed. */
@Command(
        name = "retry",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = "Tries a failed job again, or all failed jobs of a batch, with the seeds they had.")
final class RetryCommand extends LibraryCommand {
    @Parameters(index = "0", paramLabel = "<id>", converter = Converters.Id.class, description = "Of a job or a batch.")
    private UUID id = new UUID(0, 0);

    @Mixin
    private WaitOption wait = new WaitOption();

    RetryCommand(Terminal terminal, Function<String, @Nullable String> environment) {
        super(terminal, environment);
    }

    @Override
    public Integer call() {
        try (Gaze gaze = open()) {
            tellServer(gaze);
            Optional<Batch> batch = gaze.jobs().findBatch(new BatchId(id));
            if (batch.isPresent()) {
                int again = batch.get().retryFailed().size();
                if (again == 0) {
                    terminal().say("retry     nothing failed in this batch");
                    tellCancelled(batch.get());
                } else {
                    terminal().say("retry     " + again + " jobs");
                }
                return Watching.follow(batch.get(), terminal(), wait.atMost(), null);
            }
            Job again = gaze.jobs().retry(new JobId(id));
            terminal().say("retry     as " + again.id());
            again.await(wait.atMost())
                    .images()
                    .forEach(image -> terminal().say(image.file().toAbsolutePath()));
            return 0;
        }
    }

    /** What somebody stopped is not tried again by itself. */
    private void tellCancelled(Batch batch) {
        int cancelled = batch.progress().cancelled();
        if (cancelled > 0) {
            terminal()
                    .say(
                            "          %d cancelled; `retry <id>` makes one of them after all, `jobs --batch %s --state cancelled` lists them"
                                    .formatted(cancelled, batch.id()));
        }
    }
}
