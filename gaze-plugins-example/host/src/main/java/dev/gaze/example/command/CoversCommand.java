package dev.gaze.example.command;

import dev.gaze.api.Gaze;
import dev.gaze.api.job.Batch;
import dev.gaze.example.terminal.Terminal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes the covers that are missing. */
@Command(
        name = "covers",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = "Makes a cover for every asset without one, by display name.")
final class CoversCommand extends LibraryCommand {
    @Parameters(
            arity = "0..*",
            paramLabel = "<category>",
            description = "Only of these, such as character; else of all.")
    private List<String> categories = List.of();

    @Mixin
    private SheetOption sheet = new SheetOption();

    @Mixin
    private WaitOption wait = new WaitOption();

    CoversCommand(Terminal terminal, Function<String, @Nullable String> environment) {
        super(terminal, environment);
    }

    @Override
    public Integer call() {
        sheet.check();
        try (Gaze gaze = open()) {
            tellServer(gaze);
            Optional<Batch> batch = gaze.jobs().missingCovers(categories.toArray(String[]::new));
            if (batch.isEmpty()) {
                terminal().say("covers    every asset has one");
                return 0;
            }
            return Watching.follow(batch.get(), terminal(), wait.atMost(), sheet);
        }
    }
}
