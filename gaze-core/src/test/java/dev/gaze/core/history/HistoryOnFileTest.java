package dev.gaze.core.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.history.HistoryMode;
import dev.gaze.api.history.HistoryNote;
import dev.gaze.core.small.SmallDatabase;
import dev.gaze.core.store.Database;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The history in an H2 file. */
class HistoryOnFileTest extends HistoryContract {
    @TempDir
    private Path home;

    @Override
    Database open() {
        return SmallDatabase.copyTo(home);
    }

    @Test
    @Tag("P38")
    void opening_the_same_database_again_finds_what_was_written() {
        history.add(HistoryNote.of(HistoryMode.ONESHOT, "a lighthouse", "words", "sdxl"));
        database.close();

        database = open();

        assertThat(history.list(10, "light").total()).isEqualTo(1);
    }
}
