package dev.gaze.core.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.gaze.api.engine.DatabaseSettings;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * How a PostgreSQL server is reached: a small pool, and one connection more for signals. The driver and Flyway's part for
 * PostgreSQL are optional dependencies.
 *
 * @param settings where it is
 */
record DatabaseServer(DatabaseSettings settings) {
    private static final String DRIVER = "org.postgresql.Driver";
    private static final String FLYWAY = "org.flywaydb.database.postgresql.PostgreSQLDatabaseType";
    private static final Duration CONNECT = Duration.ofSeconds(10);

    /** No statement of ours takes nearly as long; a server that vanished must not hold a thread for ever. */
    private static final Duration ANSWER = Duration.ofSeconds(60);

    Database open() {
        require(DRIVER, "org.postgresql:postgresql");
        require(FLYWAY, "org.flywaydb:flyway-database-postgresql");
        String me = UUID.randomUUID().toString().replace("-", "");
        HikariDataSource pool = null;
        try {
            pool = new HikariDataSource(pool());
            Jdbi jdbi = Database.jdbi(pool);
            update(pool, jdbi);
            return new Database(
                    pool,
                    settings.place(),
                    new Database.Server(new Neighbours(jdbi, me), new PostgresSignals(me, jdbi, this::connection)));
        } catch (Exception failure) {
            if (pool != null) {
                pool.close();
            }
            throw failed(failure);
        }
    }

    /**
     * Makes the tables while nobody else does: Flyway takes turns only from its first script on, and two that find an
     * empty database would both begin its history.
     */
    private void update(HikariDataSource pool, Jdbi jdbi) throws SQLException {
        if (Schema.isCurrent(jdbi)) {
            return;
        }
        try (Connection turn = connection();
                Statement statement = turn.createStatement()) {
            statement.execute("set lock_timeout = '" + ANSWER.toSeconds() + "s'");
            statement.execute("select pg_advisory_lock(hashtextextended(current_schema() || ' tables', 0))");
            Schema.update(pool, jdbi, Schema.Words.POSTGRESQL);
        } // the lock ends with its connection
    }

    private void require(String type, String artifact) {
        try {
            Class.forName(type, false, DatabaseServer.class.getClassLoader());
        } catch (ClassNotFoundException missing) {
            throw new GazeException(
                    Kind.INVALID,
                    null,
                    List.of(new Problem(
                            "A PostgreSQL database needs a library that is not there: " + artifact,
                            settings.place(),
                            "add it beside gaze-core; GAZE does not bring it along, as few need it")),
                    missing);
        }
    }

    private HikariConfig pool() {
        HikariConfig config = new HikariConfig();
        config.setPoolName("gaze");
        config.setJdbcUrl(settings.url());
        config.setDataSourceProperties(properties(ANSWER));
        config.setMaximumPoolSize(settings.connections());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECT.toMillis());
        return config;
    }

    private Connection connection() throws SQLException {
        return DriverManager.getConnection(settings.url(), properties(Duration.ZERO));
    }

    /** What the address itself says counts more. */
    private Properties properties(Duration answer) {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "gaze");
        properties.setProperty("connectTimeout", Long.toString(CONNECT.toSeconds()));
        properties.setProperty("socketTimeout", Long.toString(answer.toSeconds()));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("reWriteBatchedInserts", "true");
        properties.setProperty(
                "logServerErrorDetail", "false"); // which would tell the values of a row, such as prompts
        if (settings.user() != null) {
            properties.setProperty("user", settings.user());
        }
        if (settings.password() != null) {
            properties.setProperty("password", settings.password());
        }
        return properties;
    }

    private GazeException failed(Exception failure) {
        if (failure instanceof GazeException told) {
            return told;
        }
        String state = state(failure);
        boolean refused = state.startsWith("28");
        boolean unknown = state.equals("3D000");
        return new GazeException(
                refused || unknown ? Kind.INVALID : Kind.UNAVAILABLE,
                null,
                List.of(new Problem(
                        "The database server cannot be used: " + Database.firstLine(failure),
                        settings.place(),
                        refused
                                ? "check the user and the password"
                                : unknown
                                        ? "make the database first, such as with createdb"
                                        : "check the address, and that the server runs and lets this machine in")),
                failure);
    }

    /** The SQL state of whatever the server said; blank when it said nothing. */
    private static String state(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return "";
    }
}
