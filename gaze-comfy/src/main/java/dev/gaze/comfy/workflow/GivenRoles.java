package dev.gaze.comfy.workflow;

import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.problem.NearestNames;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.workflow.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The roles a user wrote beside the template: {@code {"sampler": "31", "lora:outfit": "17"}}. Nobody argues with them;
 * what cannot be is a problem.
 */
final class GivenRoles implements RoleRule {
    private static final String SLOT = "lora:";

    private final Map<Role, GraphNode> roles = new EnumMap<>(Role.class);
    private final Map<String, String> slots = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    GivenRoles(Graph graph, JsonObject given) {
        given.members().forEach((key, value) -> {
            String id = value instanceof JsonText || value instanceof JsonNumber
                    ? given.text(key).orElse("")
                    : "";
            GraphNode node = graph.node(id);
            Role role = Stream.of(Role.values())
                    .filter(known -> known.key().equals(key))
                    .findFirst()
                    .orElse(null);
            if (role == null && !key.startsWith(SLOT)) {
                problems.add(
                        Problem.of("There is no role '%s'".formatted(key)).fix(NearestNames.fix(key, keys(), "roles")));
            } else if (node == null) {
                problems.add(Problem.of("Role %s is given to node %s, which is not in the graph"
                                .formatted(key, value.describe()))
                        .fix(candidates(graph, role)));
            } else if (role == null) {
                give(key.substring(SLOT.length()), node, graph);
            } else if (NodeShape.fits(role, node)) {
                roles.put(role, node);
            } else {
                problems.add(Problem.of("Node %s cannot play the role %s".formatted(node, key))
                        .fix(candidates(graph, role)));
            }
        });
    }

    private void give(String slot, GraphNode node, Graph graph) {
        String before = slots.putIfAbsent(node.id(), slot);
        if (before != null) {
            problems.add(Problem.of(
                    "Node %s is given to the LoRA slots %s and %s; it can serve one".formatted(node, before, slot)));
        } else if (!NodeShape.appliesLora(node) || node.text("lora_name") == null) {
            problems.add(Problem.of("Node %s cannot serve the LoRA slot %s: it loads no LoRA".formatted(node, slot))
                    .fix(candidates(graph, null)));
        }
    }

    private static List<String> keys() {
        return Stream.concat(Arrays.stream(Role.values()).map(Role::key), Stream.of(SLOT + "<slot>"))
                .toList();
    }

    /** The nodes that could play a role; without a role, those that load LoRAs. */
    private static String candidates(Graph graph, @Nullable Role role) {
        List<String> fitting = graph.nodes().stream()
                .filter(node -> role == null ? NodeShape.appliesLora(node) : NodeShape.fits(role, node))
                .map(GraphNode::toString)
                .toList();
        return fitting.isEmpty() ? "no node of this graph can" : "candidates: " + String.join(", ", fitting);
    }

    @Override
    public Collection<GraphNode> candidates(Role role, Graph graph, Map<Role, GraphNode> found) {
        return roles.containsKey(role) ? List.of(roles.get(role)) : List.of();
    }

    /** Which LoRA loader serves which slot, by node id. */
    Map<String, String> slots() {
        return slots;
    }

    List<Problem> problems() {
        return problems;
    }
}
