package dev.gaze.example.command;

import dev.gaze.api.Gaze;
import dev.gaze.api.backend.RenderServer;
import dev.gaze.api.problem.GazeException;
import dev.gaze.example.terminal.Terminal;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Asks the servers how they are, once or until somebody has seen enough. */
@Command(
        name = "backends",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Asks every server of the library whether it is there.",
            "With --watch it goes on asking, and shows what each of them is at."
        })
final class BackendsCommand extends LibraryCommand {
    private static final Duration USUAL = Duration.ofSeconds(2);

    @Option(names = "--watch", description = "Goes on until Ctrl-C.")
    private boolean watch;

    @Option(
            names = "--for",
            paramLabel = "<time>",
            converter = Converters.Span.class,
            description = "Watches for so long only, such as 10s, 5m or 1h.")
    private @Nullable Duration time;

    @Option(
            names = "--every",
            paramLabel = "<time>",
            converter = Converters.Span.class,
            description = "How long --watch leaves a server alone in between (2s).")
    private @Nullable Duration pause;

    BackendsCommand(Terminal terminal, Function<String, @Nullable String> environment) {
        super(terminal, environment);
    }

    @Override
    public Integer call() {
        boolean watches = watch || time != null;
        if (pause != null && !watches) {
            throw misused("--every says how often --watch asks, and counts only with it", "add --watch, or --for 1m");
        }
        try (Gaze gaze = open()) {
            boolean allThere =
                    watches ? new ServerWatch(gaze, terminal(), pause == null ? USUAL : pause).watch(time) : ask(gaze);
            return allThere ? 0 : ExitCodes.of(GazeException.Kind.UNAVAILABLE);
        }
    }

    private boolean ask(Gaze gaze) {
        boolean allThere = true;
        for (RenderServer server : gaze.servers()) {
            String answer = ServerWatch.answer(server);
            allThere &= answer.equals(ServerWatch.UP);
            terminal().say(server.id() + "  " + answer);
        }
        tellPause(gaze);
        return allThere;
    }
}
