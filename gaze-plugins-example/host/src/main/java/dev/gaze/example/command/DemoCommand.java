package dev.gaze.example.command;

import dev.gaze.api.Gaze;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.plan.Missing;
import dev.gaze.api.problem.Problem;
import dev.gaze.example.terminal.Terminal;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** The main job in one go, on the sample library. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Syncs the library, prints a composed prompt and its LoRA chain, and makes the picture.",
            "On a server that has none of the sample's model files it leaves them out and says so."
        })
final class DemoCommand extends LibraryCommand {
    private static final Duration AT_MOST = Duration.ofMinutes(30);

    DemoCommand(Terminal terminal, Function<String, @Nullable String> environment) {
        super(terminal, environment);
    }

    @Override
    public Integer call() {
        try (Gaze gaze = open()) {
            List<Problem> problems = gaze.sync().problems();
            terminal().say("library   " + Summary.of(gaze));
            problems.forEach(problem -> terminal().say("problem   " + problem));
            GenerationRequest request = GenerationRequest.mix()
                    .character("mira_vale")
                    .with("outfit", "raincoat")
                    .with("scene", "harbour_dawn")
                    .size(832, 1216)
                    .seed(42)
                    .missing(Missing.LEAVE_OUT);
            terminal().say(gaze.preview(request));
            tellServer(gaze);
            Rendering.show(gaze, request, terminal(), AT_MOST);
            return 0;
        }
    }
}
