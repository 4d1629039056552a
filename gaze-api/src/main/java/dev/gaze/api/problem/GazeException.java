package dev.gaze.api.problem;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * GAZE could not do what was asked, for reasons the caller can see and often mend. Carries every {@link Problem} that
 * was found, not only the first. Values built wrongly throw {@link IllegalArgumentException} instead.
 */
public class GazeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What sort of refusal this is; an application maps it to its own answer (an HTTP status, an exit code). */
    public enum Kind {
        /** The request, a file or a setting is wrong and stays wrong until somebody mends it. */
        INVALID,
        /** Something that was named does not exist. */
        NOT_FOUND,
        /** Somebody else changed or holds it: a newer file, a name already taken, a locked library. */
        CONFLICT,
        /** The content is not allowed: the deny list, a path outside its root, a size beyond its limit. */
        REFUSED,
        /** A server or disk is away, busy or restarting; the same call may succeed later. */
        UNAVAILABLE,
        /** The work was tried and did not succeed. */
        FAILED,
        /** Somebody cancelled it. */
        CANCELLED,
        /** The time given was not enough; the work itself may go on. */
        TIMEOUT
    }

    private final Kind kind;
    private final transient List<Problem> problems;

    /**
     * An exception for one problem.
     *
     * @param kind the sort of refusal
     * @param problem what is wrong
     */
    public GazeException(Kind kind, Problem problem) {
        this(kind, null, List.of(problem), null);
    }

    /**
     * An exception for several problems.
     *
     * @param kind the sort of refusal
     * @param headline one line that sums them up; null makes one from the problems
     * @param problems all of them, at least one
     */
    public GazeException(Kind kind, @Nullable String headline, List<Problem> problems) {
        this(kind, headline, problems, null);
    }

    /**
     * An exception for several problems, with what lay below.
     *
     * @param kind the sort of refusal
     * @param headline one line that sums them up; null makes one from the problems
     * @param problems all of them, at least one
     * @param cause what lay below; null when nothing did
     */
    public GazeException(Kind kind, @Nullable String headline, List<Problem> problems, @Nullable Throwable cause) {
        super(message(headline, problems), cause);
        this.kind = Objects.requireNonNull(kind, "kind");
        this.problems = List.copyOf(problems);
    }

    /**
     * The sort of refusal.
     *
     * @return the kind, never null
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Everything that was found wrong.
     *
     * @return at least one problem, in the order they were found
     */
    public List<Problem> problems() {
        return problems;
    }

    /**
     * Whether the same call, unchanged, may succeed later. Tells a server that is restarting from a refusal.
     *
     * @return true for {@link Kind#UNAVAILABLE} and {@link Kind#TIMEOUT}
     */
    public boolean retryable() {
        return kind == Kind.UNAVAILABLE || kind == Kind.TIMEOUT;
    }

    private static String message(@Nullable String headline, List<Problem> problems) {
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("A GazeException needs at least one problem");
        }
        if (headline == null && problems.size() == 1) {
            return problems.get(0).toString();
        }
        StringBuilder text = new StringBuilder(headline == null ? problems.size() + " problems" : headline);
        for (int i = 0; i < problems.size(); i++) {
            text.append('\n').append(i + 1).append(". ").append(problems.get(i));
        }
        return text.toString();
    }
}
