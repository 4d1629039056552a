package dev.gaze.example.command;

import java.time.Duration;
import picocli.CommandLine.Option;

/** How long a command waits for its pictures. */
final class WaitOption {
    @Option(
            names = "--wait",
            converter = Converters.AtLeastOne.class,
            paramLabel = "<minutes>",
            description = "How long to wait at most (${DEFAULT-VALUE}).")
    private int minutes = 720;

    Duration atMost() {
        return Duration.ofMinutes(minutes);
    }
}
