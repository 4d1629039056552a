package dev.gaze.core.small;

import dev.gaze.core.store.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Databases for tests. Making the tables takes half a second, so it is done once and the file is copied. */
public final class SmallDatabase {
    private SmallDatabase() {}

    private static final class Made {
        static final byte[] BYTES = make();

        private static byte[] make() {
            try {
                Path folder = Files.createTempDirectory("gaze-test-database");
                Database.open(folder.resolve("index"), problem -> {}, database -> {})
                        .close();
                Path file = folder.resolve("index.mv.db");
                byte[] bytes = Files.readAllBytes(file);
                Files.delete(file);
                Files.delete(folder);
                return bytes;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    /** An open database in a folder; one that is there already is opened as it is. */
    public static Database copyTo(Path folder) {
        Path file = folder.resolve("index.mv.db");
        try {
            if (Files.notExists(file)) {
                Files.write(file, Made.BYTES);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return Database.open(
                folder.resolve("index"),
                problem -> {
                    throw new AssertionError(problem.toString());
                },
                database -> {});
    }
}
