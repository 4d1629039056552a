package dev.gaze.example.command;

import dev.gaze.api.chat.ChatImage;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
        List<String> lines = text(file)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (lines.isEmpty()) {
            throw new GazeException(
                    Kind.INVALID,
                    Problem.of("The file has no line that stands for " + what).at(file.toString()));
        }
        return lines;
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw unreadable(file, unreadable);
        }
    }

    /** Its text, which is UTF-8. */
    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException otherText) {
            throw refused(
                    Kind.INVALID,
                    new Problem("The file is no UTF-8 text", file.toString(), "save it as UTF-8"),
                    otherText);
        } catch (IOException unreadable) {
            throw unreadable(file, unreadable);
        }
    }

    /** The picture it holds. */
    static ChatImage image(Path file) {
        try {
            return ChatImage.of(bytes(file));
        } catch (IllegalArgumentException noPicture) {
            throw refused(
                    Kind.INVALID,
                    new Problem(
                            String.valueOf(noPicture.getMessage()),
                            file.toString(),
                            "name a PNG, JPEG, WebP or GIF file with --image"),
                    noPicture);
        }
    }

    private static GazeException unreadable(Path file, IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return refused(Kind.NOT_FOUND, Problem.of("There is no file '%s'".formatted(file)), cause);
        }
        if (Files.isDirectory(file)) {
            return refused(
                    Kind.INVALID, Problem.of("'%s' is a folder".formatted(file)).fix("name a file"), cause);
        }
        return refused(
                Kind.UNAVAILABLE,
                Problem.of("The file cannot be read: " + cause.getMessage()).at(file.toString()),
                cause);
    }

    private static GazeException refused(Kind kind, Problem problem, Exception cause) {
        return new GazeException(kind, null, List.of(problem), cause);
    }
}
