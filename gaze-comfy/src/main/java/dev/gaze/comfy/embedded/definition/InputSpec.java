package dev.gaze.comfy.embedded.definition;

import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import java.util.List;
import java.util.Optional;

/**
 * One input of a node.
 *
 * @param name its name
 * @param required whether it must be given
 * @param type a name such as {@code INT} or {@code MODEL}, or the list of what may be chosen
 * @param options limits and default
 */
public record InputSpec(String name, boolean required, JsonValue type, JsonObject options) {

    /** Reads {@code [type, options?]}. */
    static InputSpec read(String name, boolean required, JsonArray spec) {
        JsonValue options = spec.items().size() > 1 ? spec.items().get(1) : JsonObject.empty();
        return new InputSpec(
                name,
                required,
                spec.items().get(0),
                options instanceof JsonObject object ? object : JsonObject.empty());
    }

    /** What may be chosen, for inputs whose type is a list. The form {@code COMBO} is not checked by ComfyUI 0.3.64. */
    public Optional<List<JsonValue>> choices() {
        return type instanceof JsonArray list ? Optional.of(list.items()) : Optional.empty();
    }

    /** The type's name; {@code COMBO} for a list. */
    public String typeName() {
        return type instanceof JsonText text ? text.value() : "COMBO";
    }

    /** The pair errors report as {@code input_config}. */
    public JsonArray config() {
        return new JsonArray(List.of(type, options));
    }
}
