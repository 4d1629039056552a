package dev.gaze.comfy.workflow;

import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.plan.PlannedLora;
import dev.gaze.api.plan.RenderPlan;
import dev.gaze.api.problem.NearestNames;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.workflow.Link;
import dev.gaze.api.workflow.NodeDefinition;
import dev.gaze.api.workflow.NodeDefinition.Input;
import dev.gaze.api.workflow.Role;
import dev.gaze.api.workflow.ServerFacts;
import dev.gaze.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds everything a server would refuse, before it is sent. Follows ComfyUI's own order and mercy: every node's class
 * must exist, one node at least must be an output, and only what an output depends on is looked at closely. Beyond that
 * it reports what ComfyUI accepts and then fails on: a literal where a link is needed, a circle.
 */
final class Preflight {
    private final Graph graph;
    private final RenderPlan plan;
    private final ServerFacts facts;
    private final Map<String, Role> roles = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private @Nullable Set<String> linkTypes;

    Preflight(Workflow workflow, RenderPlan plan, ServerFacts facts) {
        this.graph = Graph.of(workflow);
        this.plan = plan;
        this.facts = facts;
        workflow.roles().forEach((role, id) -> roles.put(id, role));
    }

    List<Problem> problems() {
        if (facts.known()) {
            classes();
        }
        Collection<GraphNode> checked = facts.known() ? needed() : graph.nodes();
        checked.forEach(this::inputs);
        Circles.among(graph, checked).forEach(this::circle);
        return problems;
    }

    private void classes() {
        for (GraphNode node : graph.nodes()) {
            if (facts.node(node.classType()).isEmpty()) {
                problems.add(Problem.of("The server has no node '%s'".formatted(node.classType()))
                        .at(where(node, null))
                        .fix(nearestClass(node.classType())));
            }
        }
    }

    private String nearestClass(String classType) {
        List<String> near = NearestNames.of(classType, facts.nodes().keySet());
        return near.isEmpty()
                ? "install the custom nodes the workflow was made with, or take the node out"
                : "did you mean '" + String.join("' or '", near) + "'?";
    }

    /** The output nodes and all they depend on; nothing else is run. */
    private Collection<GraphNode> needed() {
        Set<GraphNode> needed = new LinkedHashSet<>();
        for (GraphNode node : graph.nodes()) {
            if (facts.node(node.classType()).filter(NodeDefinition::outputNode).isPresent()) {
                needed.addAll(graph.upstream(node, input -> true));
            }
        }
        if (needed.isEmpty()) {
            problems.add(Problem.of("The workflow has no output node, so there is nothing to make")
                    .fix("add a SaveImage node"));
        }
        return needed;
    }

    private void inputs(GraphNode node) {
        NodeDefinition definition = facts.node(node.classType()).orElse(null);
        if (definition != null) {
            definition.inputs().forEach((name, input) -> {
                if (input.required() && !node.has(name)) {
                    problem(node, name, "%s is missing; the server demands it".formatted(name), null);
                }
            });
        }
        node.inputs().forEach((name, value) -> {
            Input input = definition == null ? null : definition.input(name).orElse(null);
            if (value instanceof JsonArray list) {
                link(node, name, list, input);
            } else if (input != null) {
                literal(node, name, value, input);
            }
        });
    }

    private void link(GraphNode node, String name, JsonArray value, @Nullable Input input) {
        Link link = Link.of(value).orElse(null);
        if (link == null) {
            if (input != null) {
                problem(node, name, "%s is %s; a link is [\"node id\", output number]".formatted(name, value), null);
            }
            return;
        }
        GraphNode source = graph.node(link.node());
        if (source == null) {
            problem(
                    node,
                    name,
                    "%s is linked to node %s, which is not in the graph".formatted(name, link.node()),
                    NearestNames.fix(link.node(), graph.ids(), "nodes"));
            return;
        }
        NodeDefinition giver = facts.node(source.classType()).orElse(null);
        if (giver == null) {
            return;
        }
        if (link.output() >= giver.outputs().size()) {
            problem(
                    node,
                    name,
                    "%s is linked to output %d of node %s, which has %d"
                            .formatted(
                                    name, link.output(), source, giver.outputs().size()),
                    null);
        } else if (input != null && !fits(giver.outputs().get(link.output()), input.type())) {
            problem(
                    node,
                    name,
                    "%s takes %s, but output %d of node %s gives %s"
                            .formatted(
                                    name,
                                    input.type(),
                                    link.output(),
                                    source,
                                    giver.outputs().get(link.output())),
                    null);
        }
    }

    /** ComfyUI's rule: types may be lists with commas, and one type in common is enough. */
    private static boolean fits(String given, String wanted) {
        if (given.equals(wanted) || isOpen(given) || isOpen(wanted)) {
            return true;
        }
        Set<String> common = types(given);
        common.retainAll(types(wanted));
        return !common.isEmpty();
    }

    /** Anything goes, or the type is settled by the server itself while it runs. */
    private static boolean isOpen(String type) {
        return type.contains(ObjectInfo.ANYTHING) || type.startsWith("COMFY_");
    }

    private static Set<String> types(String list) {
        return List.of(list.split(",")).stream().map(String::strip).collect(Collectors.toCollection(TreeSet::new));
    }

    private void literal(GraphNode node, String name, JsonValue value, Input input) {
        if (linkTypes().contains(input.type())) {
            problem(
                    node,
                    name,
                    "%s is %s; it takes a link to a node that gives %s".formatted(name, value.describe(), input.type()),
                    null);
            return;
        }
        Literal.refusal(value, input)
                .ifPresent(refusal -> problem(node, name, name + " " + refusal.what(), refusal.fix()));
    }

    /** The types that only travel along links: some node of the server gives them, and no widget does. */
    private Set<String> linkTypes() {
        if (linkTypes == null) {
            linkTypes = facts.nodes().values().stream()
                    .flatMap(node -> node.outputs().stream())
                    .filter(type -> !Literal.TYPES.contains(type) && !isOpen(type))
                    .collect(Collectors.toSet());
        }
        return linkTypes;
    }

    private void circle(List<GraphNode> circle) {
        problems.add(Problem.of("Nodes run in a circle: "
                        + circle.stream().map(GraphNode::toString).collect(Collectors.joining(" takes from "))
                        + " takes from "
                        + circle.get(0))
                .at(where(circle.get(0), null))
                .fix("ComfyUI cannot run a circle; link one of them elsewhere"));
    }

    private void problem(GraphNode node, String input, String what, @Nullable String fix) {
        problems.add(new Problem(what, where(node, input), fix));
    }

    /** Role and asset first: people know these, and node numbers only when they made the graph. */
    private String where(GraphNode node, @Nullable String input) {
        Role role = roles.get(node.id());
        String lora = node.text("lora_name");
        String file = lora == null ? "" : lora.replace('\\', '/');
        String asset = plan.loras().stream()
                .filter(planned -> planned.lora().file().equals(file))
                .map(PlannedLora::asset)
                .map(key -> "LoRA of " + key + ", ")
                .findFirst()
                .orElse("");
        return (role == null ? "" : role.key().replace('_', ' ') + ", ")
                + asset
                + "node " + node
                + (input == null ? "" : ", " + input);
    }
}
