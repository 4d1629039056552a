package dev.gaze.comfy.client;

import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.comfy.client.ComfyError.InputProblem;
import dev.gaze.comfy.client.ComfyError.NodeProblem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what {@code POST /prompt} answers to a graph it does not like, in the shapes of 0.3.64 through 0.33. */
final class Refusals {
    private static final Pattern NODE = Pattern.compile("'#(.+)'$");

    private Refusals() {}

    /** The error in a 400, given the graph that was sent. */
    static ComfyError read(JsonObject answer, JsonObject graph) {
        String type = answer.text("error", "type").orElse("");
        List<NodeProblem> nodes = nodes(answer);
        if (!nodes.isEmpty()) {
            List<String> circle = circle(nodes);
            return circle.isEmpty() ? new ComfyError.Validation(nodes, false) : new ComfyError.Cycle(circle);
        }
        return switch (type) {
            case "prompt_no_outputs" -> new ComfyError.NoOutputs();
            case "invalid_prompt_id" ->
                new ComfyError.InvalidPromptId(answer.text("error", "details").orElse(""));
            case "missing_node_type" ->
                new ComfyError.MissingNode(
                        answer.text("error", "extra_info", "node_id").orElse(""),
                        answer.text("error", "extra_info", "class_type").orElse(""));
            case "invalid_prompt" -> missingNode(answer, graph);
            // up to 0.8 a circle is refused with nothing that says so: no details, no node
            case "prompt_outputs_failed_validation" ->
                answer.text("error", "details").orElse("").isBlank()
                        ? new ComfyError.Cycle(List.of())
                        : unknown(answer, type);
            default -> unknown(answer, type);
        };
    }

    /** The node errors of an answer, also of one that took the rest of the graph. */
    static List<NodeProblem> nodes(JsonObject answer) {
        List<NodeProblem> nodes = new ArrayList<>();
        answer.object("node_errors").members().forEach((id, value) -> {
            if (value instanceof JsonObject node) {
                nodes.add(new NodeProblem(
                        id,
                        node.text("class_type").orElse(""),
                        items(node, "dependent_outputs").stream()
                                .map(item -> item instanceof JsonText text ? text.value() : item.toString())
                                .toList(),
                        items(node, "errors").stream()
                                .filter(JsonObject.class::isInstance)
                                .map(error -> input((JsonObject) error))
                                .toList()));
            }
        });
        return nodes;
    }

    private static InputProblem input(JsonObject error) {
        return new InputProblem(
                error.text("type").orElse(""),
                error.text("message").orElse(""),
                error.text("details").orElse(""),
                error.object("extra_info"));
    }

    private static List<String> circle(List<NodeProblem> nodes) {
        Set<String> circle = new LinkedHashSet<>();
        for (NodeProblem node : nodes) {
            for (InputProblem problem : node.inputs()) {
                if (!problem.type().equals("dependency_cycle")) {
                    return List.of(); // something else is wrong as well: report all of it
                }
                List<JsonValue> told = items(problem.extra(), "cycle_nodes");
                told.forEach(id -> circle.add(id instanceof JsonText text ? text.value() : id.toString()));
                if (told.isEmpty()) {
                    circle.add(node.node());
                }
            }
        }
        return List.copyOf(circle);
    }

    /** 0.3 to 0.8 name the node only inside a text, {@code Node ID '#3'}; what it is, our own graph tells. */
    private static ComfyError missingNode(JsonObject answer, JsonObject graph) {
        Matcher node = NODE.matcher(answer.text("error", "details").orElse(""));
        return node.find()
                ? new ComfyError.MissingNode(
                        node.group(1), graph.text(node.group(1), "class_type").orElse(""))
                : unknown(answer, "invalid_prompt");
    }

    private static ComfyError unknown(JsonObject answer, String type) {
        // 0.3 answers some errors with a text in place of the object
        return new ComfyError.Unknown(
                type,
                answer.text("error", "message").or(() -> answer.text("error")).orElse(""),
                answer.text("error", "details").orElse(""));
    }

    private static List<JsonValue> items(JsonObject object, String key) {
        return object.get(key).orElse(null) instanceof JsonArray list ? list.items() : List.of();
    }
}
