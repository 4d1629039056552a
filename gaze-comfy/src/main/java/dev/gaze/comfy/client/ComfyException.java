package dev.gaze.comfy.client;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A call to ComfyUI did not succeed. {@link #error} says why, as a value; the message says what to do. */
public final class ComfyException extends GazeException {
    private static final long serialVersionUID = 1L;

    private final transient ComfyError error;

    /**
     * An exception for an error.
     *
     * @param error what went wrong
     * @param server the address it concerns, without credentials
     * @param cause what lay below; null when nothing did
     */
    ComfyException(ComfyError error, String server, @Nullable Throwable cause) {
        this(error, Explanation.of(error, server), cause);
    }

    private ComfyException(ComfyError error, List<Problem> problems, @Nullable Throwable cause) {
        super(Explanation.kind(error), null, problems, cause);
        this.error = Objects.requireNonNull(error, "error");
    }

    /**
     * What went wrong.
     *
     * @return one of the closed list
     */
    public ComfyError error() {
        return error;
    }
}
