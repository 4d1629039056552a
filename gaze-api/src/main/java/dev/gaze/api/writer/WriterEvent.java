package dev.gaze.api.writer;

import dev.gaze.api.chat.ChatEvent;
import dev.gaze.api.chat.ChatException;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonObject;
import java.nio.charset.StandardCharsets;

/**
 * Something that happened while a prompt was written (P56, P57). A stream ends with exactly one {@link Done} or
 * {@link Failed}; history and conversation are up to date by then.
 */
public sealed interface WriterEvent {

    /**
     * The event as an application streams it: {@code {"token": "x"}}, {@code {"done": true}},
     * {@code {"error": …, "type": …}} or {@code {"retrying": 2, "type": …}}.
     *
     * @return the object
     */
    JsonObject toJson();

    /**
     * The event as text of a server-sent stream: {@code data: {"token":"x"}} and two line feeds.
     *
     * @return the text
     */
    default String toSse() {
        return "data: " + new String(Json.compact(toJson()), StandardCharsets.UTF_8) + "\n\n";
    }

    /**
     * A piece of the answer, as it arrived.
     *
     * @param text not empty; may be part of a word
     */
    record Token(String text) implements WriterEvent {
        @Override
        public JsonObject toJson() {
            return JsonObject.of("token", text);
        }
    }

    /**
     * The model is asked once more; nothing of its answer had come.
     *
     * @param event which attempt this is, how long it waits and why
     */
    record Retrying(ChatEvent.Retrying event) implements WriterEvent {
        @Override
        public JsonObject toJson() {
            return JsonObject.of(
                    "retrying", event.attempt(), "type", event.because().type());
        }
    }

    /**
     * The prompt is written.
     *
     * @param written all of it
     */
    record Done(WrittenPrompt written) implements WriterEvent {
        @Override
        public JsonObject toJson() {
            return JsonObject.of("done", true);
        }
    }

    /**
     * There is no prompt, or only part of one.
     *
     * @param failure what went wrong, and what to do
     */
    record Failed(ChatException failure) implements WriterEvent {
        @Override
        public JsonObject toJson() {
            return JsonObject.of(
                    "error", failure.problems().get(0).what(),
                    "type", failure.error().type());
        }
    }
}
