package dev.gaze.api.chat;

import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A language model gave no answer. {@link #error} says why; the problem says what to do. It never holds a secret. */
public final class ChatException extends GazeException {
    private static final long serialVersionUID = 1L;

    private final ChatError error;
    private final String partial;

    /**
     * An exception for an error before anything of an answer had come.
     *
     * @param error what went wrong
     * @param problem the same in words, with the place and what to do
     */
    public ChatException(ChatError error, Problem problem) {
        this(error, problem, "", null);
    }

    /**
     * An exception for an error.
     *
     * @param error what went wrong
     * @param problem the same in words, with the place and what to do
     * @param partial the text that had come until then; empty when none
     * @param cause what lay below, without secrets in its message; null when nothing did
     */
    public ChatException(ChatError error, Problem problem, String partial, @Nullable Throwable cause) {
        this(error.kind(), error, problem, partial, cause);
    }

    /**
     * An exception for an error of which more is known than its usual kind says.
     *
     * @param kind the sort of refusal it is
     * @param error what went wrong
     * @param problem the same in words, with the place and what to do
     * @param partial the text that had come until then; empty when none
     * @param cause what lay below, without secrets in its message; null when nothing did
     */
    public ChatException(Kind kind, ChatError error, Problem problem, String partial, @Nullable Throwable cause) {
        super(kind, null, List.of(problem), cause);
        this.error = error;
        this.partial = Objects.requireNonNull(partial, "partial");
    }

    /**
     * What went wrong.
     *
     * @return one of the closed list
     */
    public ChatError error() {
        return error;
    }

    /**
     * What the model had said before it went wrong; a conversation may keep it (P57).
     *
     * @return the text; empty when none had come
     */
    public String partial() {
        return partial;
    }

    /**
     * The error as an application tells it over HTTP (P59).
     *
     * @return {@code {error, message, status, type}}: what is wrong; the same with what to do; the status of P58; the
     *     type of {@link ChatError#type}
     */
    public JsonObject toJson() {
        Problem problem = problems().get(0);
        String fix = problem.fix();
        return JsonObject.of(
                "error", problem.what(),
                "message", fix == null ? problem.what() : problem.what() + ". To mend it: " + fix,
                "status", error.status(),
                "type", error.type());
    }
}
