package dev.gaze.comfy.embedded.validation;

import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonNull;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.comfy.embedded.definition.NodeSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks a whole graph: first every node's class, then that there is an output, then what each output stands on. Only
 * the nodes an output depends on are looked into.
 */
public final class GraphCheck {
    private final Map<String, NodeSpec> specs;
    private final FileCheck files;

    /**
     * A check against these definitions.
     *
     * @param specs node classes by name
     * @param files knows which image files exist
     */
    public GraphCheck(Map<String, NodeSpec> specs, FileCheck files) {
        this.specs = specs;
        this.files = files;
    }

    /**
     * Checks what was posted as {@code prompt}.
     *
     * @param prompt any JSON
     * @param targets the only outputs wanted; null for all
     */
    public Verdict check(JsonValue prompt, @Nullable Set<String> targets) {
        if (isEmpty(prompt)) {
            return refused("prompt_no_outputs", "Prompt has no outputs", "", JsonObject.empty());
        }
        if (!(prompt instanceof JsonObject graph)) {
            return new Verdict.Broken();
        }
        List<String> outputs = new ArrayList<>();
        for (Map.Entry<String, JsonValue> entry : graph.members().entrySet()) {
            JsonValue node = entry.getValue();
            if (node instanceof JsonNull || node instanceof JsonNumber) {
                return new Verdict.Broken();
            }
            JsonValue type =
                    node instanceof JsonObject object ? object.members().get("class_type") : null;
            String where = "Node ID '#" + entry.getKey() + "'";
            if (type == null) {
                return refused(
                        "invalid_prompt",
                        "Cannot execute because a node is missing the class_type property.",
                        where,
                        JsonObject.empty());
            }
            NodeSpec spec = specs.get(PythonText.str(type));
            if (spec == null) {
                return refused(
                        "invalid_prompt",
                        "Cannot execute because node " + PythonText.str(type) + " does not exist.",
                        where,
                        JsonObject.empty());
            }
            if (spec.outputNode() && (targets == null || targets.contains(entry.getKey()))) {
                outputs.add(entry.getKey());
            }
        }
        if (outputs.isEmpty()) {
            return refused("prompt_no_outputs", "Prompt has no outputs", "", JsonObject.empty());
        }
        return checkOutputs(graph, outputs);
    }

    private Verdict checkOutputs(JsonObject graph, List<String> outputs) {
        NodeWalk walk = new NodeWalk(graph, specs, files);
        List<String> good = new ArrayList<>();
        List<String> details = new ArrayList<>();
        Map<String, List<JsonValue>> dependents = new LinkedHashMap<>();
        for (String output : outputs) {
            NodeWalk.Result result = walk.output(output);
            if (result.valid()) {
                good.add(output);
                continue;
            }
            for (JsonObject error : result.errors()) {
                details.add(error.text("message").orElse("") + ": "
                        + error.text("details").orElse(""));
            }
            walk.results().forEach((id, node) -> {
                if (!node.valid() && !node.errors().isEmpty()) {
                    dependents.computeIfAbsent(id, none -> new ArrayList<>()).add(new JsonText(output));
                }
            });
        }
        Map<String, JsonValue> nodeErrors = new LinkedHashMap<>();
        dependents.forEach((id, of) -> nodeErrors.put(
                id,
                JsonObject.of(
                        "errors",
                        walk.results().get(id).errors(),
                        "dependent_outputs",
                        of,
                        "class_type",
                        graph.text(id, "class_type").orElse(""))));
        if (good.isEmpty()) {
            return refused(
                    "prompt_outputs_failed_validation",
                    "Prompt outputs failed validation",
                    String.join("\n", details),
                    new JsonObject(nodeErrors));
        }
        return new Verdict.Accepted(walk.converted(), good, new JsonObject(nodeErrors));
    }

    private static boolean isEmpty(JsonValue prompt) {
        return prompt instanceof JsonArray list && list.items().isEmpty()
                || prompt instanceof JsonText text && text.value().isEmpty();
    }

    private static Verdict refused(String type, String message, String details, JsonObject nodeErrors) {
        return new Verdict.Refused(
                JsonObject.of("type", type, "message", message, "details", details, "extra_info", JsonObject.empty()),
                nodeErrors);
    }
}
