package dev.gaze.example.command;

import dev.gaze.api.Gaze;
import dev.gaze.example.terminal.Terminal;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a picture. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = "Makes a picture and prints the path of its file as the last line.")
final class GenerateCommand extends LibraryCommand {
    @Mixin
    private RequestOptions wanted = new RequestOptions();

    @Option(names = "--wait", paramLabel = "<minutes>", description = "How long to wait at most (${DEFAULT-VALUE}).")
    private int wait = 60;

    GenerateCommand(Terminal terminal, Function<String, @Nullable String> environment) {
        super(terminal, environment);
    }

    @Override
    public Integer call() {
        try (Gaze gaze = open()) {
            tellServer(gaze);
            Rendering.show(gaze, wanted.request(gaze), terminal(), Duration.ofMinutes(wait));
            return 0;
        }
    }
}
