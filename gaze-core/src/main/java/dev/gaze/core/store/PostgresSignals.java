package dev.gaze.core.store;

import dev.gaze.api.job.Subscription;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Signals by PostgreSQL's LISTEN and NOTIFY, heard on a connection and a thread of their own. A connection that breaks is
 * made anew, and those who listen are told that signals may have been lost.
 *
 * <p>The same connection shows that this opening is alive: the server drops its {@link Neighbours#presence lock} when it
 * breaks.
 */
final class PostgresSignals implements Signals, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(PostgresSignals.class.getName());
    private static final String CHANNEL = "gaze";
    /** PostgreSQL refuses 8000 bytes. */
    private static final int LONGEST = 2_000;

    private static final Duration CHECKED_EVERY = Duration.ofSeconds(10);
    private static final Duration TRIED_EVERY = Duration.ofSeconds(1);

    private final String me;
    private final Jdbi jdbi;
    private final Callable<Connection> connector;
    private final List<Heard> listening = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable Connection connection;

    private record Heard(String topic, Listener listener) {}

    /**
     * Connects and begins to hear.
     *
     * @param me names this opening
     * @param jdbi for what is sent
     * @param connector makes a connection of our own
     * @throws SQLException when the server cannot be reached
     */
    PostgresSignals(String me, Jdbi jdbi, Callable<Connection> connector) throws Exception {
        this.me = me;
        this.jdbi = jdbi;
        this.connector = connector;
        connection = connect();
        thread = new Thread(this::run, "gaze-signals");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void send(String topic, String what) {
        jdbi.useHandle(handle -> send(handle, topic, what));
    }

    @Override
    public void send(Handle handle, String topic, String what) {
        String told = what.length() > LONGEST || what.indexOf('\0') >= 0 ? null : what;
        handle.createQuery("select 1 from pg_notify('" + CHANNEL + "', :signal)")
                .bind("signal", me + " " + topic + (told == null ? "" : " " + told))
                .mapTo(int.class)
                .one();
    }

    @Override
    public Subscription listen(String topic, Listener listener) {
        Heard heard = new Heard(topic, listener);
        listening.add(heard);
        return () -> listening.remove(heard);
    }

    // Hearing --------------------------------------------------------------------------------------------------------

    private Connection connect() throws Exception {
        Connection made = connector.call();
        try (Statement statement = made.createStatement()) {
            made.setAutoCommit(true);
            statement.execute("listen " + CHANNEL);
            try (var presence = made.prepareStatement("select pg_advisory_lock(" + Neighbours.KEY + ")")) {
                presence.setString(1, Neighbours.presence(me));
                presence.execute();
            }
            return made;
        } catch (SQLException failure) {
            made.close();
            throw failure;
        }
    }

    private void run() {
        while (closed.getCount() > 0) {
            Connection now = connection;
            try {
                if (now == null) {
                    connection = connect();
                    listening.forEach(heard -> tell(heard.listener::lost));
                } else {
                    hear(now);
                }
            } catch (Exception broken) {
                connection = null;
                close(now);
                rest(broken);
            }
        }
        close(connection);
    }

    private void hear(Connection connection) throws SQLException {
        PGNotification[] heard = connection.unwrap(PGConnection.class).getNotifications((int) CHECKED_EVERY.toMillis());
        if (heard == null || heard.length == 0) {
            if (!connection.isValid((int) CHECKED_EVERY.toSeconds())) {
                throw new SQLException("The connection is dead");
            }
            return;
        }
        Set<String> signals = new LinkedHashSet<>();
        for (PGNotification notification : heard) {
            signals.add(notification.getParameter());
        }
        signals.forEach(this::tell);
    }

    private void tell(String signal) {
        String[] parts = signal.split(" ", 3);
        if (parts.length < 2 || parts[0].equals(me)) {
            return;
        }
        for (Heard heard : listening) {
            if (heard.topic.equals(parts[1])) {
                tell(() -> {
                    if (parts.length == 3) {
                        heard.listener.heard(parts[2]);
                    } else {
                        heard.listener.lost();
                    }
                });
            }
        }
    }

    private static void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException failure) { // usually a database that is away; what was missed is looked up later
            LOG.log(Level.DEBUG, "A signal was not followed", failure);
        }
    }

    private void rest(Exception broken) {
        if (closed.getCount() > 0) {
            LOG.log(Level.DEBUG, "The signals of the database are interrupted", broken);
        }
        try {
            closed.await(TRIED_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException ignored) {
            closed.countDown(); // nobody but us ends this thread
        }
    }

    @Override
    public void close() {
        closed.countDown();
        close(connection); // which ends the thread's waiting
        try {
            thread.join(CHECKED_EVERY.toMillis());
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(@Nullable Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException failure) {
                LOG.log(Level.DEBUG, "A connection was not closed in order", failure);
            }
        }
    }
}
