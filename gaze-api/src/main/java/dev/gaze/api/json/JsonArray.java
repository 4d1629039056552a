package dev.gaze.api.json;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A JSON list.
 *
 * @param items the values in order; unmodifiable
 */
public record JsonArray(List<JsonValue> items) implements JsonValue {

    /** Copies the items. */
    public JsonArray {
        items = List.copyOf(items);
    }

    /**
     * A list of plain Java data.
     *
     * @param items what {@link JsonValue#of} takes
     * @return the list
     */
    public static JsonArray of(@Nullable Object... items) {
        return new JsonArray(Arrays.stream(items).map(JsonValue::of).toList());
    }

    /** The list as JSON on one line. */
    @Override
    public String toString() {
        return items.stream().map(JsonValue::toString).collect(Collectors.joining(", ", "[", "]"));
    }
}
