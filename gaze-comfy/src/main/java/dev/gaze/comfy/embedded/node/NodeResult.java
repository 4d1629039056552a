package dev.gaze.comfy.embedded.node;

import dev.gaze.api.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node made.
 *
 * @param values one for each output
 * @param ui what {@code executed} and history tell; null when there is nothing to tell
 */
public record NodeResult(List<Value> values, @Nullable JsonObject ui) {
    /** Copies the list. */
    public NodeResult {
        values = List.copyOf(values);
    }

    static NodeResult of(Value... values) {
        return new NodeResult(List.of(values), null);
    }

    static NodeResult shown(JsonObject ui) {
        return new NodeResult(List.of(), ui);
    }
}
