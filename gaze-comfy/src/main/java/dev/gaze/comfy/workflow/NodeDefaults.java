package dev.gaze.comfy.workflow;

import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.workflow.NodeDefinition;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes a template fit the server's version of its nodes: an input that a newer version demands gets that version's
 * default, and a file name the template brings is written with the server's path separator.
 */
final class NodeDefaults {

    private NodeDefaults() {}

    static void fill(Wiring wiring) {
        if (!wiring.facts.known()) {
            return;
        }
        for (GraphNode node : wiring.graph.nodes()) {
            wiring.facts.node(node.classType()).ifPresent(definition -> {
                demanded(node, definition);
                separators(wiring, node);
            });
        }
    }

    private static void demanded(GraphNode node, NodeDefinition definition) {
        definition.inputs().forEach((name, input) -> {
            JsonValue value = input.defaultValue();
            if (input.required() && value != null && !node.has(name)) {
                node.set(name, value);
            }
        });
    }

    private static void separators(Wiring wiring, GraphNode node) {
        Map<String, String> respelt = new HashMap<>();
        node.inputs().forEach((input, value) -> {
            if (value instanceof JsonText text
                    && (text.value().indexOf('/') >= 0 || text.value().indexOf('\\') >= 0)) {
                ServerFiles.of(wiring.facts, node.classType(), input)
                        .spelling(text.value())
                        .filter(spelt -> !spelt.equals(text.value()))
                        .ifPresent(spelt -> respelt.put(input, spelt));
            }
        });
        respelt.forEach(node::set);
    }
}
