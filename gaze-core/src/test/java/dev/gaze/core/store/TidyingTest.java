package dev.gaze.core.store;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.core.small.SmallChanges;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that many small changes were made to holds little more than what is in it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TidyingTest {
    private static final int CHANGES = 3_000;

    @TempDir
    private Path folder;

    @Test
    void a_file_that_is_tidied_now_and_then_stops_growing_and_loses_nothing() {
        long untidy = sizeAfter("untidy", false);
        long tidy = sizeAfter("tidy", true);

        assertThat(tidy).isLessThan(untidy / 2);
    }

    @Test
    void a_commit_that_returned_is_in_the_file_though_its_room_was_used_before() throws Exception {
        try (Database database = open("used")) {
            database.jdbi().useHandle(handle -> handle.execute("set retention_time 0"));
            for (int i = 0; i < 300; i++) {
                change(database, i);
            }
            for (int i = 300; i < 340; i++) {
                change(database, i);
                if (i % 10 == 5) {
                    database.tidy();
                }

                // what a kill would leave behind
                Files.copy(folder.resolve("used.mv.db"), folder.resolve("copy.mv.db"), REPLACE_EXISTING);
                try (Database copy = open("copy")) {
                    assertThat(count(copy)).isEqualTo(i + 1);
                }
            }
        }
    }

    private static void change(Database database, int row) {
        database.sql().useTransaction(handle -> SmallChanges.write(handle, row));
    }

    private static int count(Database database) {
        return database.sql()
                .withHandle(handle -> handle.createQuery("select count(*) from job_words where request = 'a'")
                        .mapTo(Integer.class)
                        .one());
    }

    private Database open(String name) {
        return Database.open(folder.resolve(name), problem -> {}, database -> {});
    }

    private long sizeAfter(String name, boolean tidied) {
        try (Database database = open(name)) {
            // old pages are given up at once here; a real file keeps them for a while
            database.jdbi().useHandle(handle -> handle.execute("set retention_time 0"));
            for (int i = 0; i < CHANGES; i++) {
                change(database, i);
                if (tidied && i % 50 == 49) {
                    database.tidy();
                }
            }
            assertThat(count(database)).isEqualTo(CHANGES);
            return Files.size(folder.resolve(name + ".mv.db"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
