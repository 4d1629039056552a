package dev.gaze.example.command;

import dev.gaze.api.Gaze;
import dev.gaze.api.backend.RenderServer;
import dev.gaze.api.problem.GazeException;
import dev.gaze.example.terminal.Terminal;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Asks the servers how they are. */
@Command(
        name = "backends",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = "Asks every server of the library whether it is there.")
final class BackendsCommand extends LibraryCommand {

    BackendsCommand(Terminal terminal, Function<String, @Nullable String> environment) {
        super(terminal, environment);
    }

    @Override
    public Integer call() {
        try (Gaze gaze = open()) {
            int away = 0;
            for (RenderServer server : gaze.servers()) {
                try {
                    server.probe();
                    terminal().say(server.id() + "  up");
                } catch (GazeException absent) {
                    away++;
                    terminal()
                            .say(server.id() + "  down: "
                                    + absent.problems().get(0).what());
                }
            }
            return away == 0 ? 0 : ExitCodes.of(GazeException.Kind.UNAVAILABLE);
        }
    }
}
