package dev.gaze.core.ledger;

import dev.gaze.core.small.SmallDatabase;
import dev.gaze.core.store.Database;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Lists of jobs in an H2 file. */
class LookingOnFileTest extends LookingContract {
    @TempDir
    private Path home;

    @Override
    Database open() {
        return SmallDatabase.copyTo(home);
    }
}
