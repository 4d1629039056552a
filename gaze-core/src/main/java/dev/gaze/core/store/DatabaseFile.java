package dev.gaze.core.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.file.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.h2.api.ErrorCode;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;

/**
 * How an H2 file is opened.
 *
 * <p>A commit that returned is in the file ({@code WRITE_DELAY=0}; with H2's default a killed process loses the last
 * ones), if not yet on the disk ({@link Forcing}). The database stays open until it is closed, even while the machine shuts
 * down ({@code DB_CLOSE_ON_EXIT=FALSE}; H2's own hook would close it under running workers).
 *
 * @param file its path without H2's ending
 */
record DatabaseFile(Path file) {
    private static final System.Logger LOG = System.getLogger(Database.class.getName());
    private static final String SETTINGS =
            ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0"
                    + ";CACHE_SIZE=8192;QUERY_CACHE_SIZE=64";
    private static final String SUFFIX = ".mv.db";
    private static final int CONNECTIONS = 8;

    /** Real time: so long is waited for a connection, which a file on a full disk does not give, before anybody is told. */
    private static final Duration CONNECT = Duration.ofSeconds(10);

    boolean exists() {
        return Files.exists(withSuffix());
    }

    Database open(Consumer<Problem> warnings, Consumer<Database> trial) {
        try {
            return openAsIs(trial);
        } catch (RuntimeException unreadable) {
            if (!exists() || isFull(unreadable)) {
                throw failed(unreadable);
            }
            Path aside = putAside();
            LOG.log(System.Logger.Level.DEBUG, "The database could not be read", unreadable);
            warnings.accept(new Problem(
                    "The database could not be read and was made anew: " + Database.firstLine(unreadable),
                    withSuffix().toString(),
                    "nothing to do; the unreadable file was kept as " + aside.getFileName()));
            try {
                return openAsIs(trial);
            } catch (RuntimeException again) {
                throw failed(again);
            }
        }
    }

    private Database openAsIs(Consumer<Database> trial) {
        Database database = new Database(pool(), withSuffix().toString(), null);
        try {
            database.force(); // what a killed process has left is nowhere but in memory, perhaps
            Schema.update(database.source(), database.jdbi(), Schema.Words.H2);
            trial.accept(database);
            return database;
        } catch (RuntimeException failure) {
            database.close();
            throw failure;
        }
    }

    private HikariDataSource pool() {
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
        config.setConnectionTimeout(CONNECT.toMillis());
        // H2 closes a file that could not be written once, and takes its open connections for valid all the same.
        // One that fails this is dropped, and without any the file is opened anew.
        config.setConnectionTestQuery("call 1");
        config.setExceptionOverride(new DropBroken());
        return new HikariDataSource(config);
    }

    /** Whether it could be read, but not written. */
    private static boolean isFull(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MVStoreException store && store.getErrorCode() == DataUtils.ERROR_WRITING_FAILED) {
                return true;
            }
        }
        return false;
    }

    /**
     * Nothing is asked of a connection any more whose database could not be written: not even to roll back, which may
     * keep a thread of H2 busy for ever.
     */
    private static final class DropBroken implements SQLExceptionOverride {
        private static final Set<Integer> BROKEN = Set.of(
                ErrorCode.GENERAL_ERROR_1,
                ErrorCode.IO_EXCEPTION_1,
                ErrorCode.IO_EXCEPTION_2,
                ErrorCode.DATABASE_IS_CLOSED,
                ErrorCode.FILE_CORRUPTED_1);

        @java.lang.Override
        public Override adjudicate(SQLException failure) {
            return BROKEN.contains(failure.getErrorCode()) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
        }
    }

    /** Moves the file, which must not be open, out of the way. */
    private Path putAside() {
        Path source = withSuffix();
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

    private Path withSuffix() {
        return file.resolveSibling(file.getFileName() + SUFFIX);
    }

    private GazeException failed(RuntimeException failure) {
        return failure instanceof GazeException told
                ? told
                : new GazeException(
                        Kind.FAILED,
                        null,
                        List.of(new Problem(
                                "The database cannot be opened: " + Database.firstLine(failure),
                                withSuffix().toString(),
                                "check the disk's free space and the rights on this place; the file may be deleted")),
                        failure);
    }
}
