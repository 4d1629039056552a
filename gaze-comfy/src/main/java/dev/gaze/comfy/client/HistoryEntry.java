package dev.gaze.comfy.client;

import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a prompt ended, as the server remembers it ({@code GET /history}). Only ended prompts have an entry.
 *
 * @param prompt its id; any text, since others may name theirs as they like
 * @param outcome how it ended
 * @param outputs every file of every output node, in the server's order
 * @param failure what failed; null unless the outcome is {@link Outcome#FAILED} and the server says what
 * @param json the whole entry, with the graph and all messages
 */
public record HistoryEntry(
        String prompt,
        Outcome outcome,
        List<OutputFile> outputs,
        ComfyError.@Nullable NodeFailed failure,
        JsonObject json) {

    /** How a prompt ended. */
    public enum Outcome {
        /** All its nodes ran or were cached. */
        DONE,
        /** A node failed. */
        FAILED,
        /** Somebody interrupted it. The server files this under {@code error}; only the last message tells. */
        INTERRUPTED
    }

    /** Checks that nothing is missing and copies the list. */
    public HistoryEntry {
        Objects.requireNonNull(prompt, "prompt");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(json, "json");
        outputs = List.copyOf(outputs);
    }

    static HistoryEntry of(String prompt, JsonObject json) {
        List<OutputFile> outputs = new ArrayList<>();
        json.object("outputs").members().forEach((node, output) -> {
            if (output instanceof JsonObject told) {
                outputs.addAll(OutputFile.of(node, told));
            }
        });
        Optional<JsonObject> interrupted = message(json, "execution_interrupted");
        Optional<JsonObject> failed = message(json, "execution_error");
        Outcome outcome;
        if (interrupted.isPresent()) {
            outcome = Outcome.INTERRUPTED;
        } else if (failed.isEmpty()
                && json.text("status", "status_str").filter("success"::equals).isPresent()) {
            outcome = Outcome.DONE;
        } else {
            outcome = Outcome.FAILED; // nothing counts as done unless the server says so
        }
        return new HistoryEntry(
                prompt, outcome, outputs, failed.map(ComfyError.NodeFailed::of).orElse(null), json);
    }

    /** The data of the last message of a type. */
    private static Optional<JsonObject> message(JsonObject json, String type) {
        Optional<JsonObject> found = Optional.empty();
        if (json.at("status", "messages").orElse(null) instanceof JsonArray messages) {
            for (JsonValue message : messages.items()) {
                if (message instanceof JsonArray pair
                        && pair.items().size() == 2
                        && pair.items().get(0) instanceof JsonText name
                        && name.value().equals(type)
                        && pair.items().get(1) instanceof JsonObject data) {
                    found = Optional.of(data);
                }
            }
        }
        return found;
    }
}
