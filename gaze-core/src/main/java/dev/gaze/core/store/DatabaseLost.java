package dev.gaze.core.store;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * The database cannot be used for now: its disk is full, or its server is away. What was about to be written is not
 * written, or nobody knows; files, and what runs on servers, are not touched by it.
 */
public final class DatabaseLost extends GazeException {
    private static final long serialVersionUID = 1;

    /**
     * Data, integrity and syntax: the database is there, and says what it thinks of a statement. A deadlock is none of
     * these: the same again succeeds.
     */
    private static final Set<String> STATEMENTS = Set.of("22", "23", "42");

    DatabaseLost(Problem problem, @Nullable Throwable cause) {
        super(Kind.UNAVAILABLE, null, List.of(problem), cause);
    }

    /** What a failure means, when it is one of the database itself and not of a statement. */
    static Optional<DatabaseLost> of(JdbiException failure, String where, String fix) {
        return isLost(failure)
                ? Optional.of(new DatabaseLost(
                        new Problem("The database cannot be used: " + Database.firstLine(failure), where, fix),
                        failure))
                : Optional.empty();
    }

    private static boolean isLost(Throwable failure) {
        boolean noConnection = false; // the pool gave none in time, which has no state of its own
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                String state = sql.getSQLState();
                return !STATEMENTS.contains(state.substring(0, Math.min(2, state.length())));
            }
            noConnection |= cause instanceof SQLTransientConnectionException;
        }
        return noConnection;
    }

    /**
     * Whether a failure comes down to this.
     *
     * @param failure what was thrown
     * @return the cause that is one of these
     */
    public static Optional<DatabaseLost> in(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DatabaseLost lost) {
                return Optional.of(lost);
            }
        }
        return Optional.empty();
    }
}
