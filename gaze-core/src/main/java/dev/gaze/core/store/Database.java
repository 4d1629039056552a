package dev.gaze.core.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.file.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.api.ErrorCode;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * An open database file. Safe for use by several threads.
 *
 * <p>A commit that returned is in the file ({@code WRITE_DELAY=0}; with H2's default a killed process loses the last
 * ones), and the database stays open until {@link #close}, even while the machine shuts down
 * ({@code DB_CLOSE_ON_EXIT=FALSE}; H2's own hook would close it under running workers).
 */
public final class Database implements AutoCloseable {
    /** The newest script in {@code META-INF/gaze-db}. */
    static final String SCHEMA = "2";

    private static final System.Logger LOG = System.getLogger(Database.class.getName());
    private static final String SETTINGS =
            ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0;CACHE_SIZE=8192";
    private static final String SUFFIX = ".mv.db";
    private static final int CONNECTIONS = 8;
    private static final Set<Integer> NO_TABLE =
            Set.of(ErrorCode.TABLE_OR_VIEW_NOT_FOUND_1, ErrorCode.TABLE_OR_VIEW_NOT_FOUND_DATABASE_EMPTY_1);

    private final HikariDataSource pool;
    private final Jdbi jdbi;

    private Database(HikariDataSource pool) {
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
    }

    /**
     * Opens a database file; makes it when it is missing, and brings its tables up to date. A file that cannot be read
     * is put aside under another name and a new one is made.
     *
     * @param file its path without H2's ending {@code .mv.db}; the folder must exist
     * @param warnings told when a file was put aside
     * @param trial reads what must be readable; what it throws means that the file is not
     * @return the open database
     * @throws GazeException {@code FAILED} when not even a new file can be made
     */
    public static Database open(Path file, Consumer<Problem> warnings, Consumer<Database> trial) {
        try {
            return openAsIs(file, trial);
        } catch (RuntimeException unreadable) {
            if (!exists(file)) {
                throw failed(file, unreadable);
            }
            Path aside = putAside(file);
            LOG.log(System.Logger.Level.DEBUG, "The database could not be read", unreadable);
            warnings.accept(new Problem(
                    "The database could not be read and was made anew: " + firstLine(unreadable),
                    file + SUFFIX,
                    "nothing to do; the unreadable file was kept as " + aside.getFileName()));
            try {
                return openAsIs(file, trial);
            } catch (RuntimeException again) {
                throw failed(file, again);
            }
        }
    }

    /**
     * Whether there is a database file.
     *
     * @param file as for {@link #open}
     * @return false when opening would make a new one
     */
    public static boolean exists(Path file) {
        return Files.exists(withSuffix(file));
    }

    /**
     * Moves a database file out of the way. It must not be open.
     *
     * @param file as for {@link #open}
     * @return where it lies now
     */
    private static Path putAside(Path file) {
        Path source = withSuffix(file);
        for (int n = 1; ; n++) {
            Path aside = source.resolveSibling(file.getFileName() + ".unreadable-" + n + SUFFIX);
            if (Files.notExists(aside)) {
                try {
                    return Files.move(source, aside);
                } catch (IOException failure) {
                    throw DurableFile.failed("move aside", source, failure);
                }
            }
        }
    }

    /**
     * How SQL is spoken.
     *
     * @return shared by everybody; hands out a connection per handle
     */
    public Jdbi jdbi() {
        return jdbi;
    }

    /**
     * Where connections come from, for libraries that speak SQL themselves.
     *
     * @return the pool
     */
    public DataSource source() {
        return pool;
    }

    /**
     * Whether other processes may have it open too.
     *
     * @return false for a file, which nobody else can open
     */
    public boolean isServer() {
        return false;
    }

    /** Closes the pool and the file. May be called more than once. */
    @Override
    public void close() {
        pool.close(); // H2 closes the file with its last connection
    }

    private static Database openAsIs(Path file, Consumer<Database> trial) {
        HikariDataSource pool = pool(file);
        Database database = new Database(pool);
        try {
            Optional<String> schema = database.schema();
            if (schema.filter(SCHEMA::equals).isEmpty()) {
                database.migrate();
            }
            trial.accept(database);
            return database;
        } catch (RuntimeException failure) {
            database.close();
            throw failure;
        }
    }

    private static HikariDataSource pool(Path file) {
        String path = file.toAbsolutePath().toString();
        if (path.indexOf(';') >= 0) {
            throw new GazeException(
                    Kind.INVALID,
                    Problem.of("The database cannot lie in a folder whose name holds a ';'")
                            .at(path)
                            .fix("rename the folder"));
        }
        HikariConfig config = new HikariConfig();
        config.setPoolName("gaze");
        config.setJdbcUrl("jdbc:h2:file:" + path + SETTINGS);
        config.setUsername("gaze");
        config.setPassword("");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        return new HikariDataSource(config);
    }

    /** The version of the tables; asked with one query, because Flyway takes half a second to find out. */
    private Optional<String> schema() {
        try {
            return jdbi.withHandle(
                    handle -> handle.createQuery("select \"version\" from \"flyway_schema_history\" where \"success\""
                                    + " order by \"installed_rank\" desc fetch first row only")
                            .mapTo(String.class)
                            .findOne());
        } catch (JdbiException failure) {
            if (failure.getCause() instanceof SQLException sql && NO_TABLE.contains(sql.getErrorCode())) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private void migrate() {
        Flyway.configure(Database.class.getClassLoader())
                .dataSource(pool)
                .loggers("slf4j")
                .locations("classpath:META-INF/gaze-db")
                .placeholders(Map.of("bytes", "varbinary"))
                .load()
                .migrate();
    }

    private static Path withSuffix(Path file) {
        return file.resolveSibling(file.getFileName() + SUFFIX);
    }

    private static GazeException failed(Path file, RuntimeException failure) {
        return failure instanceof GazeException told
                ? told
                : new GazeException(
                        Kind.FAILED,
                        null,
                        List.of(new Problem(
                                "The database cannot be opened: " + firstLine(failure),
                                file + SUFFIX,
                                "check the disk's free space and the rights on this place; the file may be deleted")),
                        failure);
    }

    private static String firstLine(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String message = String.valueOf(deepest.getMessage());
        return message.lines().findFirst().orElse(deepest.getClass().getSimpleName());
    }
}
