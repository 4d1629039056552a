package dev.gaze.example.command;

import dev.gaze.api.Gaze;
import dev.gaze.api.job.Batch;
import dev.gaze.api.job.BatchId;
import dev.gaze.api.job.JobId;
import dev.gaze.example.terminal.Terminal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Stops jobs. */
@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = "Stops jobs, or all jobs of a batch, wherever they are.")
final class CancelCommand extends LibraryCommand {
    @Parameters(
            arity = "1..*",
            paramLabel = "<id>",
            converter = Converters.Id.class,
            description = "Of a job or a batch.")
    private List<UUID> ids = List.of();

    CancelCommand(Terminal terminal, Function<String, @Nullable String> environment) {
        super(terminal, environment);
    }

    @Override
    public Integer call() {
        try (Gaze gaze = open()) {
            for (UUID id : ids) {
                Optional<Batch> batch = gaze.jobs().findBatch(new BatchId(id));
                String what = batch.map(many -> many.cancel() + " jobs are stopped")
                        .orElseGet(() -> gaze.jobs().cancel(new JobId(id)) ? "stopped" : "had ended already");
                terminal().say(id + "  " + what);
            }
            return 0;
        }
    }
}
