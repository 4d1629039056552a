package dev.gaze.core.small;

import dev.gaze.api.engine.DatabaseSettings;
import dev.gaze.core.store.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/**
 * Databases on a PostgreSQL server of the tests: one server for all of them, started when first asked for, which ends
 * with this process. Where none can be started the test is reported as skipped, with the reason.
 */
public final class SmallPostgres {
    private static final String TEMPLATE = "gaze_template";

    private SmallPostgres() {}

    private static final class Running {
        static final AtomicInteger NUMBER = new AtomicInteger();
        static final Object SERVER = start();

        /** The server, or why there is none. */
        private static Object start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setPGStartupWait(Duration.ofSeconds(60))
                        .start();
                execute(server, "create database " + TEMPLATE);
                Database.server(DatabaseSettings.of(server.getJdbcUrl("postgres", TEMPLATE)))
                        .close();
                return server;
            } catch (IOException | SQLException | IllegalStateException failure) {
                return failure;
            }
        }
    }

    private static EmbeddedPostgres server() {
        if (Running.SERVER instanceof EmbeddedPostgres server) {
            return server;
        }
        return Assumptions.abort("PostgreSQL cannot be started here: " + Running.SERVER);
    }

    private static void execute(EmbeddedPostgres server, String sql) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Runs a statement as the superuser, in the server's own database. */
    public static void execute(String sql) {
        try {
            execute(server(), sql);
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    /** A new database with our tables in it, which takes a moment only. */
    public static DatabaseSettings fresh() {
        return made(" template " + TEMPLATE);
    }

    /** A new database with nothing in it. */
    public static DatabaseSettings empty() {
        return made("");
    }

    private static DatabaseSettings made(String how) {
        String name = "gaze_" + Running.NUMBER.incrementAndGet();
        execute("create database " + name + how);
        return DatabaseSettings.of(server().getJdbcUrl("postgres", name));
    }
}
