package dev.gaze.example.command;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads files that are named on the command line. */
final class GivenFile {
    private GivenFile() {}

    /**
     * Its lines without the blank ones.
     *
     * @param what what a line stands for, such as {@code a picture}
     */
    static List<String> lines(Path file, String what) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException unreadable) {
            throw unreadable("The file cannot be read as UTF-8 text: ", file, unreadable);
        }
        if (lines.isEmpty()) {
            throw new GazeException(
                    GazeException.Kind.INVALID,
                    Problem.of("The file has no line that stands for " + what).at(file.toString()));
        }
        return lines;
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw unreadable("The file cannot be read: ", file, unreadable);
        }
    }

    private static GazeException unreadable(String what, Path file, IOException cause) {
        return new GazeException(
                GazeException.Kind.NOT_FOUND,
                null,
                List.of(Problem.of(what + cause.getMessage()).at(file.toString())),
                cause);
    }
}
