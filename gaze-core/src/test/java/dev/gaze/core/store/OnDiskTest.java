package dev.gaze.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.problem.Problem;
import dev.gaze.core.small.SmallChanges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was forced stays whole in the file, whatever is written later and not forced. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(120)
class OnDiskTest {
    private static final int BLOCK = 4_096;
    private static final int HEADER = 2 * BLOCK;

    @TempDir
    private Path folder;

    @Test
    void what_was_forced_is_not_written_over_before_something_newer_is_forced() throws Exception {
        Random random = new Random(11);
        try (Database database = open("file", new ArrayList<>())) {
            database.jdbi().useHandle(handle -> handle.execute("set retention_time 0")); // room is used again at once
            int row = 0;
            while (row < 200) {
                forced(database, row++);
            }
            for (int cut = 0; cut < 60; cut++) {
                forced(database, row++);
                int certain = row;
                byte[] forced = read();
                byte[] disk = forced;
                byte[] before = forced;
                for (int later = random.nextInt(12); later >= 0; later--) {
                    unforced(database, row++);
                    byte[] after = read();
                    disk = random.nextBoolean() ? withWhatChanged(disk, before, after) : disk;
                    before = after;
                }

                Files.write(file("cut"), disk);
                List<Problem> warnings = new ArrayList<>();
                try (Database left = open("cut", warnings)) {
                    assertThat(warnings).as("cut %d", cut).isEmpty();
                    assertThat(rows(left)).as("cut %d", cut).isBetween(certain, row);
                }
            }
        }
    }

    /** All blocks of one commit but the header, which is the last to reach the disk here. */
    private static byte[] withWhatChanged(byte[] disk, byte[] before, byte[] after) {
        byte[] changed = Arrays.copyOf(disk, Math.max(disk.length, after.length));
        for (int at = HEADER; at < after.length; at += BLOCK) {
            int end = at + BLOCK;
            if (end > before.length || !Arrays.equals(before, at, end, after, at, end)) {
                System.arraycopy(after, at, changed, at, BLOCK);
            }
        }
        return changed;
    }

    private byte[] read() throws IOException {
        return Files.readAllBytes(file("file"));
    }

    private Path file(String name) {
        return folder.resolve(name + ".mv.db");
    }

    private Database open(String name, List<Problem> warnings) {
        return Database.open(folder.resolve(name), warnings::add, database -> {});
    }

    private static void forced(Database database, int row) {
        database.sql().useTransaction(handle -> SmallChanges.write(handle, row));
    }

    private static void unforced(Database database, int row) {
        database.jdbi().useTransaction(handle -> SmallChanges.write(handle, row));
    }

    private static int rows(Database database) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("select count(*) from job_words")
                        .mapTo(Integer.class)
                        .one());
    }
}
