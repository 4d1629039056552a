package dev.gaze.example.command;

import dev.gaze.api.Gaze;
import dev.gaze.example.terminal.Terminal;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Composes the words and picks the LoRAs, without a server. */
@Command(
        name = "preview",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = "Prints the composed prompt, who gave which words, and the LoRA chain. Needs no server.")
final class PreviewCommand extends LibraryCommand {
    @Mixin
    private RequestOptions wanted = new RequestOptions();

    PreviewCommand(Terminal terminal, Function<String, @Nullable String> environment) {
        super(terminal, environment);
    }

    @Override
    public Integer call() {
        try (Gaze gaze = look()) {
            terminal().say(gaze.preview(wanted.request(gaze)));
            return 0;
        }
    }
}
