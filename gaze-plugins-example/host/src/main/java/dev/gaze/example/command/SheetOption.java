package dev.gaze.example.command;

import dev.gaze.api.job.Batch;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.example.terminal.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The contact sheet of a batch, if one is wanted. */
final class SheetOption {
    @Option(names = "--sheet", paramLabel = "<png>", description = "Draws a contact sheet of the images.")
    private @Nullable Path file;

    boolean wanted() {
        return file != null;
    }

    /** Refuses a place that cannot be written to before any picture is made for it. */
    void check() {
        if (file == null) {
            return;
        }
        Path whole = file.toAbsolutePath();
        Path parent = whole.getParent();
        if (Files.isDirectory(whole)) {
            throw refused("it is a folder", "name a file, such as " + file.resolve("sheet.png"));
        }
        String name = String.valueOf(whole.getFileName());
        if (!name.toLowerCase(Locale.ROOT).endsWith(".png")) {
            int dot = name.lastIndexOf('.');
            throw refused("a sheet is a PNG", "name it " + (dot > 0 ? name.substring(0, dot) : name) + ".png");
        }
        if (parent == null || !Files.isDirectory(parent)) {
            throw refused("its folder is not there", "make the folder, or name another one");
        }
        if (!Files.isWritable(Files.exists(whole) ? whole : parent)) {
            throw refused("it cannot be written to", "name another place");
        }
    }

    private GazeException refused(String why, String fix) {
        return new GazeException(
                Kind.INVALID,
                Problem.of("The sheet cannot be drawn at '%s': %s".formatted(file, why))
                        .fix(fix));
    }

    /** Draws it and, as the last line, tells where it lies. */
    void draw(Batch batch, Terminal terminal) {
        if (file != null) {
            terminal.say(batch.contactSheet(file).toAbsolutePath());
        }
    }
}
