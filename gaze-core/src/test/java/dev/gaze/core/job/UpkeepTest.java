package dev.gaze.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.core.small.SmallChanges;
import java.sql.SQLException;
import java.time.Duration;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What an open library does by itself, so that it can stay open for months. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class UpkeepTest extends JobTesting {

    @Test
    void room_that_old_changes_have_left_in_the_database_file_is_used_again() {
        database.jdbi().useHandle(handle -> handle.execute("set retention_time 0")); // or it would be kept for 45 s
        jobs(server("s"));
        for (int i = 0; i < 600; i++) {
            int row = i;
            database.sql().useTransaction(handle -> SmallChanges.write(handle, row));
        }
        assertThat(needed()).as("percent of the file that is in use").isLessThan(25);

        awaitUntil(() -> {
            time.advance(Duration.ofSeconds(20));
            return needed() >= 50;
        });
    }

    private int needed() {
        return database.jdbi().withHandle(handle -> {
            try {
                SessionLocal session = (SessionLocal)
                        handle.getConnection().unwrap(JdbcConnection.class).getSession();
                return session.getDatabase()
                        .getStore()
                        .getMvStore()
                        .getFileStore()
                        .getChunksFillRate();
            } catch (SQLException failure) {
                throw new AssertionError(failure);
            }
        });
    }
}
