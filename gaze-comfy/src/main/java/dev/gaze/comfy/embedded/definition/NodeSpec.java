package dev.gaze.comfy.embedded.definition;

import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonBoolean;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One node class.
 *
 * @param classType its name
 * @param inputs required ones first, in ComfyUI's order
 * @param outputs the types of its outputs
 * @param outputNode whether a graph may end in it
 * @param json as {@code /object_info} tells it
 */
public record NodeSpec(
        String classType, List<InputSpec> inputs, List<String> outputs, boolean outputNode, JsonObject json) {

    /** Reads one entry of {@code /object_info}. */
    static NodeSpec read(String classType, JsonObject json) {
        List<InputSpec> inputs = new ArrayList<>();
        for (String group : List.of("required", "optional")) {
            json.object("input", group)
                    .members()
                    .forEach((name, spec) ->
                            inputs.add(InputSpec.read(name, group.equals("required"), (JsonArray) spec)));
        }
        List<String> outputs = json.get("output").stream()
                .flatMap(list -> ((JsonArray) list).items().stream())
                .map(type -> type instanceof JsonText text ? text.value() : "COMBO")
                .toList();
        boolean outputNode =
                json.get("output_node").filter(JsonBoolean.TRUE::equals).isPresent();
        return new NodeSpec(classType, List.copyOf(inputs), outputs, outputNode, json);
    }

    /** The input of that name. */
    public Optional<InputSpec> input(String name) {
        return inputs.stream().filter(input -> input.name().equals(name)).findFirst();
    }
}
