package dev.gaze.core.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.gaze.api.engine.DatabaseSettings;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.h2.mvstore.MVStoreException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jspecify.annotations.Nullable;

/**
 * An open database: a file of our own, or a server that several processes share. A change that was made in a
 * transaction of {@link #sql} survives a power cut. Safe for use by several threads.
 */
public final class Database implements AutoCloseable {
    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final Sql sql;
    private final OnDisk onDisk = new OnDisk();
    private final @Nullable Server server;

    /**
     * What only a server has.
     *
     * @param neighbours the others on it
     * @param signals told by them
     */
    record Server(Neighbours neighbours, PostgresSignals signals) {}

    /**
     * An open one.
     *
     * @param where the file or the server, for messages
     * @param server what only a server has
     */
    Database(HikariDataSource pool, String where, @Nullable Server server) {
        this.pool = pool;
        this.jdbi = jdbi(pool);
        this.sql = new Sql(
                jdbi,
                where,
                server == null
                        ? "make room on its disk, or mend what else keeps it from being written; jobs go on by themselves"
                        : "check that the server runs and can be reached; jobs go on by themselves when it is back",
                new Forcing(server == null ? this::force : () -> {})); // a server forces every commit by itself
        this.server = server;
    }

    /** Brings everything that was committed to the disk itself. */
    void force() {
        try {
            onDisk.force(() -> jdbi.withHandle(OnDisk::store));
        } catch (MVStoreException failure) {
            throw sql.lost(firstLine(failure), failure);
        }
    }

    /** Its exceptions tell what the database said, and never the values, which are whole prompts. */
    static Jdbi jdbi(DataSource source) {
        Jdbi jdbi = Jdbi.create(source);
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(StatementExceptions.MessageRendering.NONE);
        return jdbi;
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
        return new DatabaseFile(file).open(warnings, trial);
    }

    /**
     * Whether there is a database file.
     *
     * @param file as for {@link #open}
     * @return false when opening would make a new one
     */
    public static boolean exists(Path file) {
        return new DatabaseFile(file).exists();
    }

    /**
     * Connects to a database on a server and brings its tables up to date.
     *
     * @param settings where it is
     * @return the open database
     * @throws GazeException {@code UNAVAILABLE} when the server is away, {@code INVALID} when it refuses us, has no such
     *     database, or its driver is missing
     */
    public static Database server(DatabaseSettings settings) {
        return new DatabaseServer(settings).open();
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
     * How SQL is spoken by rooms that tell their users what went wrong.
     *
     * @return shared by everybody
     */
    public Sql sql() {
        return sql;
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
        return server != null;
    }

    /**
     * The others on the same server.
     *
     * @return empty for a file, which nobody shares
     */
    public Optional<Neighbours> neighbours() {
        return Optional.ofNullable(server).map(Server::neighbours);
    }

    /**
     * Tells others that something has changed, and is told by them.
     *
     * @return for a file: nobody is told
     */
    public Signals signals() {
        return server == null ? Signals.NONE : server.signals;
    }

    /**
     * Makes room in the file that old changes have left, so that it does not grow for ever; to be called now and then. A
     * server does so by itself. Takes some 100 ms after many changes, next to nothing otherwise; others go on meanwhile.
     * The calling thread must not be interrupted, as H2 closes the file then.
     *
     * @throws DatabaseLost when it is away, or its disk is full
     */
    public void tidy() {
        if (server == null) {
            sql.useTransaction(handle -> {
                try {
                    Tidying.tidy(handle);
                } catch (MVStoreException failure) {
                    throw sql.lost(firstLine(failure), failure);
                }
            });
        }
    }

    /** Closes the pool and the file. May be called more than once. */
    @Override
    public void close() {
        if (server != null) {
            server.signals.close();
        }
        onDisk.release();
        pool.close(); // H2 closes the file with its last connection
    }

    /** What a failure comes down to, for a message. */
    static String firstLine(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String message = String.valueOf(deepest.getMessage());
        return message.lines().findFirst().orElse(deepest.getClass().getSimpleName());
    }
}
