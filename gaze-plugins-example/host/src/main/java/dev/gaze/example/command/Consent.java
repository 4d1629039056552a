package dev.gaze.example.command;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.example.terminal.Terminal;
import java.io.IOException;
import java.util.Locale;

/** Asks whoever sits at the terminal. */
final class Consent {
    private Consent() {}

    /** Whether somebody said yes; where nobody watches, nobody does. */
    static boolean given(Terminal terminal, String question) {
        if (!terminal.interactive()) {
            return false;
        }
        terminal.stream(question + " [y/N] ");
        try {
            String answer = terminal.lines().readLine();
            return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
        } catch (IOException broken) {
            throw new GazeException(
                    GazeException.Kind.FAILED, Problem.of("The input cannot be read: " + broken.getMessage()));
        }
    }
}
