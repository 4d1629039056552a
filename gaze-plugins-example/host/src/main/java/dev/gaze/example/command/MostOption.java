package dev.gaze.example.command;

import picocli.CommandLine.Option;

/** How many of a long list a command shows. */
final class MostOption {
    @Option(
            names = "--most",
            converter = Converters.AtLeastOne.class,
            paramLabel = "<n>",
            description = "How many at most (${DEFAULT-VALUE}).")
    private int most = 50;

    int most() {
        return most;
    }
}
