package dev.gaze.example.command;

import dev.gaze.api.Gaze;
import dev.gaze.example.terminal.Terminal;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Stops sending. */
@Command(
        name = "pause",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = "Sends nothing to any server from now on, until `resume`; what runs runs to its end.")
final class PauseCommand extends LibraryCommand {
    PauseCommand(Terminal terminal, Function<String, @Nullable String> environment) {
        super(terminal, environment);
    }

    @Override
    public Integer call() {
        try (Gaze gaze = open()) {
            gaze.jobs().pause();
            tellPause(gaze);
            return 0;
        }
    }
}
