package dev.gaze.llm.client;

import dev.gaze.api.chat.ChatError;
import dev.gaze.api.chat.ChatException;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why one attempt gave no answer. Never leaves this package; {@link #told} makes of it what callers see. */
final class Trouble extends Exception {
    private static final long serialVersionUID = 1L;

    private final ChatError error;
    private final transient Problem problem;
    private final int status;
    private final String said;
    private final boolean passing;
    private final transient @Nullable Duration retryAfter;

    /**
     * @param error what sort it is
     * @param problem the same in words, without secrets
     * @param status the status the server told, in its answer or under status 200; 0 when it told none
     * @param said the server's own words in lower case, for guesses about what it did not like; empty when none
     * @param passing whether the same question may be answered a moment later
     * @param retryAfter how long the server asks to wait; null when it does not say
     */
    Trouble(
            ChatError error,
            Problem problem,
            int status,
            String said,
            boolean passing,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(problem.what(), cause);
        this.error = error;
        this.problem = problem;
        this.status = status;
        this.said = said;
        this.passing = passing;
        this.retryAfter = retryAfter;
    }

    /** An answer that is none. Asking again would bring the same. */
    static Trouble badAnswer(String what, @Nullable String fix) {
        return new Trouble(ChatError.BAD_ANSWER, new Problem(what, null, fix), 0, "", false, null, null);
    }

    ChatError error() {
        return error;
    }

    int status() {
        return status;
    }

    String said() {
        return said;
    }

    boolean passing() {
        return passing;
    }

    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }

    /** This trouble as callers see it. */
    ChatException told(String place, String partial) {
        boolean theirs = error == ChatError.REFUSED && status >= 500;
        return new ChatException(
                theirs ? GazeException.Kind.UNAVAILABLE : error.kind(), error, problem.at(place), partial, getCause());
    }
}
