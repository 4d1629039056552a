package dev.gaze.core.ledger;

import dev.gaze.core.small.SmallDatabase;
import dev.gaze.core.store.Database;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The chronicle in an H2 file. */
class ChronicleOnFileTest extends ChronicleContract {
    @TempDir
    private Path home;

    @Override
    Database open() {
        return SmallDatabase.copyTo(home);
    }
}
