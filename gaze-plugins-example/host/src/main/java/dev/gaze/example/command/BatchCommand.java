package dev.gaze.example.command;

import dev.gaze.api.Gaze;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.example.terminal.Terminal;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes a picture for every line of a file. */
@Command(
        name = "batch",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Makes a picture for every line of a file: its words are added to what the options choose.",
            "Blank lines are passed over. The jobs survive the end of this command."
        })
final class BatchCommand extends LibraryCommand {
    @Parameters(index = "0", paramLabel = "<file>", description = "A text file, one picture a line.")
    private Path file = Path.of("prompts.txt");

    @Mixin
    private RequestOptions wanted = new RequestOptions();

    @Mixin
    private SheetOption sheet = new SheetOption();

    @Mixin
    private WaitOption wait = new WaitOption();

    BatchCommand(Terminal terminal, Function<String, @Nullable String> environment) {
        super(terminal, environment);
    }

    @Override
    public Integer call() {
        sheet.check();
        List<String> lines = GivenFile.lines(file, "a picture");
        try (Gaze gaze = open()) {
            tellServer(gaze);
            GenerationRequest base = wanted.request(gaze);
            String words = base.selection().plus();
            List<GenerationRequest> requests = lines.stream()
                    .map(line -> base.plus(words.isEmpty() ? line : words + ", " + line))
                    .toList();
            return Watching.follow(
                    gaze.jobs().batch(String.valueOf(file.getFileName()), requests), terminal(), wait.atMost(), sheet);
        }
    }
}
