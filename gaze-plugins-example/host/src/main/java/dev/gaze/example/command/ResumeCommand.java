package dev.gaze.example.command;

import dev.gaze.api.Gaze;
import dev.gaze.api.job.JobState;
import dev.gaze.example.terminal.Terminal;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Goes on sending. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = "Ends a pause: jobs that wait are sent again, by whoever has the library open.")
final class ResumeCommand extends LibraryCommand {
    ResumeCommand(Terminal terminal, Function<String, @Nullable String> environment) {
        super(terminal, environment);
    }

    @Override
    public Integer call() {
        try (Gaze gaze = open()) {
            gaze.jobs().resume();
            terminal().say("resumed   %d waiting".formatted(gaze.jobs().counts().getOrDefault(JobState.QUEUED, 0L)));
            return 0;
        }
    }
}
