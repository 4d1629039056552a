package dev.gaze.llm.loop;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.problem.GazeException;
import java.nio.charset.StandardCharsets;

/**
 * What the model is told of a call.
 *
 * @param text the result, or what was wrong
 * @param failed whether it went wrong
 */
record Outcome(String text, boolean failed) {

    static Outcome of(JsonValue result) {
        return new Outcome(
                result instanceof JsonText words
                        ? words.value()
                        : new String(Json.compact(result), StandardCharsets.UTF_8),
                false);
    }

    static Outcome failure(String what) {
        return new Outcome(what, true);
    }

    static Outcome failure(Throwable thrown) {
        String message = thrown.getMessage();
        boolean speaks = message != null && !message.isBlank();
        return failure("The tool failed: "
                + (thrown instanceof GazeException && speaks
                        ? message
                        : thrown.getClass().getSimpleName() + (speaks ? ": " + message : "")));
    }

    /** The same for a call that was made before. */
    Outcome again() {
        return new Outcome(
                "You called this before with the same arguments; use what it answered, or call something else. It answered: "
                        + text,
                failed);
    }

    /** No longer than the model is given. */
    Outcome shortened(int longest) {
        if (text.length() <= longest) {
            return this;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return new Outcome(
                text.substring(0, end) + "… (cut; the whole result has " + text.length() + " characters)", failed);
    }
}
