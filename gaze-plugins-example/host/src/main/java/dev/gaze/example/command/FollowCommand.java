package dev.gaze.example.command;

import dev.gaze.api.Gaze;
import dev.gaze.api.job.Batch;
import dev.gaze.api.job.BatchId;
import dev.gaze.api.job.Job;
import dev.gaze.api.job.JobId;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.example.terminal.Terminal;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Goes on with what another run has handed in. */
@Command(
        name = "follow",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Waits for a job or a batch that was handed in before, also by a run that crashed or was stopped.",
            "Stopping this command stops neither."
        })
final class FollowCommand extends LibraryCommand {
    @Parameters(index = "0", paramLabel = "<id>", converter = Converters.Id.class, description = "Of a job or a batch.")
    private UUID id = new UUID(0, 0);

    @Mixin
    private SheetOption sheet = new SheetOption();

    @Mixin
    private WaitOption wait = new WaitOption();

    FollowCommand(Terminal terminal, Function<String, @Nullable String> environment) {
        super(terminal, environment);
    }

    @Override
    public Integer call() {
        sheet.check();
        try (Gaze gaze = open()) {
            Optional<Batch> batch = gaze.jobs().findBatch(new BatchId(id));
            if (batch.isPresent()) {
                tellServer(gaze);
                return Watching.follow(batch.get(), terminal(), wait.atMost(), sheet);
            }
            Job job = gaze.jobs()
                    .find(new JobId(id))
                    .orElseThrow(() -> new GazeException(
                            GazeException.Kind.NOT_FOUND,
                            Problem.of("There is no job and no batch " + id).fix(Converters.Id.WHERE)));
            if (sheet.wanted()) {
                throw misused("A sheet is drawn of a batch, and this is a job", "leave out --sheet");
            }
            tellServer(gaze);
            Rendering.follow(job, terminal(), wait.atMost());
            return 0;
        }
    }
}
