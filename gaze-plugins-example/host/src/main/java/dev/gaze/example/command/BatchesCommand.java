package dev.gaze.example.command;

import dev.gaze.api.Gaze;
import dev.gaze.api.asset.Page;
import dev.gaze.api.job.Batch;
import dev.gaze.example.terminal.Terminal;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists batches. */
@Command(
        name = "batches",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Lists batches, the newest first, with how far they are: `follow <id>` waits for one.",
            "Opening the library goes on with those that wait."
        })
final class BatchesCommand extends LibraryCommand {
    @Mixin
    private MostOption list = new MostOption();

    BatchesCommand(Terminal terminal, Function<String, @Nullable String> environment) {
        super(terminal, environment);
    }

    @Override
    public Integer call() {
        try (Gaze gaze = open()) {
            Page<Batch> page = gaze.jobs().batches(0, list.most());
            for (Batch batch : page.items()) {
                terminal()
                        .row(
                                batch.id() + "  " + JobsCommand.told(batch.submitted()) + "  " + batch.progress(),
                                batch.name());
            }
            terminal().say("%d of %d".formatted(page.items().size(), page.total()));
            tellPause(gaze);
            return 0;
        }
    }
}
