package dev.gaze.example.command;

import dev.gaze.api.Gaze;
import dev.gaze.api.asset.SyncReport;
import dev.gaze.api.problem.GazeException;
import dev.gaze.example.terminal.Terminal;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Reads what changed on disk. */
@Command(
        name = "sync",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = "Reads what changed on disk and tells every file that cannot be read.")
final class SyncCommand extends LibraryCommand {
    SyncCommand(Terminal terminal, Function<String, @Nullable String> environment) {
        super(terminal, environment);
    }

    @Override
    public Integer call() {
        try (Gaze gaze = open()) {
            SyncReport report = gaze.sync();
            terminal().say(report);
            terminal().say(Summary.of(gaze));
            return report.problems().isEmpty() ? 0 : ExitCodes.of(GazeException.Kind.INVALID);
        }
    }
}
