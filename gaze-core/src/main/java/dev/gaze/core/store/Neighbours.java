package dev.gaze.core.store;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import java.util.List;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * The openings of a library that share one database server, in this process and in others, on this machine and on
 * others: how each is named, whether it is still there, and how they take turns. All of it by advisory locks, which the
 * server drops when their connection breaks. Safe for use by several threads.
 */
public final class Neighbours {
    /** A name as the number that advisory locks want; libraries in different schemas do not meet. */
    static final String KEY = "hashtextextended(current_schema() || ' ' || ?, 0)";

    private static final String PATIENCE = "30s";

    private final Jdbi jdbi;
    private final String me;

    Neighbours(Jdbi jdbi, String me) {
        this.jdbi = jdbi;
        this.me = me;
    }

    /** The lock an opening holds as long as it lives. */
    static String presence(String opening) {
        return "opening " + opening;
    }

    /**
     * This opening.
     *
     * @return its name: lower-case letters and digits
     */
    public String me() {
        return me;
    }

    /**
     * Whether an opening is no longer there.
     *
     * @param opening its name
     * @return true when its process has closed it, has died or has lost the server
     */
    public boolean isGone(String opening) {
        return !opening.equals(me)
                && jdbi.inTransaction(handle -> handle.createQuery("select pg_try_advisory_xact_lock(" + KEY + ")")
                        .bind(0, presence(opening))
                        .mapTo(boolean.class)
                        .one());
    }

    /**
     * Does something that no two openings do at the same time.
     *
     * @param what the name of the turn; who wants another one does not wait
     * @param work must not use a connection of the pool
     * @param <T> of its result
     * @return its result
     * @throws GazeException {@code UNAVAILABLE} when the server is away or somebody else takes 30 s; nothing was done
     */
    public <T> T inTurn(String what, Supplier<T> work) {
        try (Turn turn = take(what)) {
            return work.get();
        }
    }

    private Turn take(String what) {
        Handle handle = null;
        try {
            handle = jdbi.open();
            handle.begin();
            handle.execute("set local lock_timeout = '" + PATIENCE + "'");
            handle.createQuery("select 1 from pg_advisory_xact_lock(" + KEY + ")")
                    .bind(0, "turn " + what)
                    .mapTo(int.class)
                    .one();
            return new Turn(handle);
        } catch (JdbiException failure) {
            if (handle != null) {
                new Turn(handle).close();
            }
            throw new GazeException(
                    Kind.UNAVAILABLE,
                    null,
                    List.of(Problem.of("Other processes are changing '%s', or the database is away; nothing was changed"
                                    .formatted(what))
                            .fix("try again")),
                    failure);
        }
    }

    /** A turn that was taken. Ending it cannot fail: a server that is away has ended it already. */
    private record Turn(Handle handle) implements AutoCloseable {
        private static final System.Logger LOG = System.getLogger(Neighbours.class.getName());

        @Override
        public void close() {
            try (handle) {
                handle.rollback();
            } catch (RuntimeException gone) {
                LOG.log(System.Logger.Level.DEBUG, "A turn ended with its connection", gone);
            }
        }
    }
}
