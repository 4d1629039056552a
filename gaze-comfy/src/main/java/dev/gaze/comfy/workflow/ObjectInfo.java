package dev.gaze.comfy.workflow;

import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonBoolean;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.workflow.NodeDefinition;
import dev.gaze.api.workflow.NodeDefinition.Input;
import dev.gaze.api.workflow.ServerFacts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads ComfyUI's {@code /object_info}. Custom nodes write all sorts of things into it, so nothing here throws: a shape
 * that is not understood becomes an input of type {@value #ANYTHING}, which is never checked.
 */
public final class ObjectInfo {
    /** ComfyUI's name for "any type". */
    static final String ANYTHING = "*";
    /** The type of a choice, in whichever of its two forms the server writes it. */
    static final String CHOICE = "COMBO";

    /**
     * Options that say the list is only a suggestion: the server looks for the file itself, so {@code LoadImage} takes
     * {@code sub/x.png} and {@code x.png [output]}, which it does not list.
     */
    private static final List<String> OPEN_LISTS =
            List.of("image_upload", "video_upload", "audio_upload", "file_upload", "animated_image_upload");

    private ObjectInfo() {}

    /**
     * The facts of a server.
     *
     * @param objectInfo the answer to {@code GET /object_info}
     * @return its nodes, and through them its model files in its own spelling
     */
    public static ServerFacts facts(JsonObject objectInfo) {
        Map<String, NodeDefinition> nodes = new LinkedHashMap<>();
        objectInfo.members().forEach((classType, value) -> {
            if (value instanceof JsonObject definition) {
                nodes.put(classType, node(classType, definition));
            }
        });
        return new ServerFacts(true, nodes);
    }

    private static NodeDefinition node(String classType, JsonObject definition) {
        Map<String, Input> inputs = new LinkedHashMap<>();
        definition.object("input", "required").members().forEach((name, spec) -> inputs.put(name, input(spec, true)));
        definition
                .object("input", "optional")
                .members()
                .forEach((name, spec) -> inputs.putIfAbsent(name, input(spec, false)));
        List<String> outputs = new ArrayList<>();
        if (definition.get("output").orElse(null) instanceof JsonArray list) {
            list.items().forEach(type -> outputs.add(type(type)));
        }
        boolean outputNode = definition.get("output_node").orElse(JsonBoolean.FALSE) == JsonBoolean.TRUE;
        return new NodeDefinition(classType, inputs, outputs, outputNode);
    }

    private static Input input(JsonValue spec, boolean required) {
        List<JsonValue> parts = spec instanceof JsonArray list ? list.items() : List.of(spec);
        JsonValue first = parts.isEmpty() ? new JsonText(ANYTHING) : parts.get(0);
        JsonObject options = parts.size() > 1 && parts.get(1) instanceof JsonObject given ? given : JsonObject.empty();
        return new Input(
                type(first),
                required,
                choices(first, options),
                options.get("default").orElse(null),
                limit(options, "min"),
                limit(options, "max"));
    }

    private static String type(JsonValue type) {
        if (type instanceof JsonArray) {
            return CHOICE;
        }
        return type instanceof JsonText text ? text.value() : ANYTHING;
    }

    /** A choice is written {@code [["a", "b"], {…}]} or {@code ["COMBO", {"options": ["a", "b"]}]}. */
    private static @Nullable List<String> choices(JsonValue type, JsonObject options) {
        JsonValue list = type(type).equals(CHOICE) && type instanceof JsonText
                ? options.get("options").orElse(null)
                : type;
        if (!(list instanceof JsonArray array) || OPEN_LISTS.stream().anyMatch(key -> isTrue(options, key))) {
            return null;
        }
        List<String> choices = new ArrayList<>();
        for (JsonValue item : array.items()) {
            choices.add(item instanceof JsonText text ? text.value() : item.toString());
        }
        return choices;
    }

    private static boolean isTrue(JsonObject options, String key) {
        return options.get(key).filter(JsonBoolean.TRUE::equals).isPresent();
    }

    private static @Nullable BigDecimal limit(JsonObject options, String key) {
        return options.number(key).map(JsonNumber::text).map(BigDecimal::new).orElse(null);
    }
}
