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
                terminal().say("retry     " + batch.get().retryFailed().size() + " jobs");
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
}
