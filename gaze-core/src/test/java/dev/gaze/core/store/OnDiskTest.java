package dev.gaze.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.core.small.SmallChanges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was forced stays whole in the file, whatever is written later and not forced. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(120)
class OnDiskTest {
    private static final int BLOCK = 4_096;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {7, 11, 21})
    void what_was_forced_is_not_written_over_before_something_newer_is_forced(int seed) throws Exception {
        Random random = new Random(seed);
        int writtenOver = 0;
        try (Database database = open()) {
            database.jdbi().useHandle(handle -> handle.execute("set retention_time 0")); // room is used again at once
            int row = 0;
            while (row < 200) {
                forced(database, row++);
            }
            for (int cut = 0; cut < 60; cut++) {
                forced(database, row++);
                byte[] forced = read();
                for (int later = random.nextInt(12); later >= 0; later--) {
                    unforced(database, row++);
                }
                byte[] now = read();

                for (Piece piece : piecesOf(forced)) {
                    assertThat(piece.in(now)).as("cut %d, %s", cut, piece).isEqualTo(piece.in(forced));
                }
                writtenOver += blocksThatDiffer(forced, now);
            }
        }
        assertThat(writtenOver).as("room that was used again").isPositive();
    }

    /** A piece of the file that H2 needs to open a version; both in blocks. */
    private record Piece(int at, int length) {
        byte[] in(byte[] file) {
            return Arrays.copyOfRange(file, at * BLOCK, (at + length) * BLOCK);
        }
    }

    /** What H2 asks for when it opens a file as it was. */
    private List<Piece> piecesOf(byte[] file) throws IOException {
        Path copy = Files.write(folder.resolve("copy.mv.db"), file);
        List<Piece> pieces = new ArrayList<>();
        try (MVStore store =
                new MVStore.Builder().fileName(copy.toString()).readOnly().open()) {
            store.getLayoutMap().forEach((key, value) -> {
                Map<String, String> chunk = key.startsWith("chunk.") ? DataUtils.parseMap(value) : Map.of();
                if (!chunk.isEmpty() && !"0".equals(chunk.get("livePages"))) {
                    pieces.add(new Piece(
                            Integer.parseInt(chunk.get("block"), 16), Integer.parseInt(chunk.get("len"), 16)));
                }
            });
        }
        return pieces;
    }

    private static int blocksThatDiffer(byte[] one, byte[] other) {
        int differ = 0;
        for (int at = 0; at + BLOCK <= Math.min(one.length, other.length); at += BLOCK) {
            differ += Arrays.equals(one, at, at + BLOCK, other, at, at + BLOCK) ? 0 : 1;
        }
        return differ;
    }

    private byte[] read() throws IOException {
        return Files.readAllBytes(folder.resolve("file.mv.db"));
    }

    private Database open() {
        return Database.open(folder.resolve("file"), warning -> {}, database -> {});
    }

    private static void forced(Database database, int row) {
        database.sql().useTransaction(handle -> SmallChanges.write(handle, row));
    }

    private static void unforced(Database database, int row) {
        database.jdbi().useTransaction(handle -> SmallChanges.write(handle, row));
    }
}
