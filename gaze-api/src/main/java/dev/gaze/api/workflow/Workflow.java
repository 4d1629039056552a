package dev.gaze.api.workflow;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A graph in ComfyUI's API format, with the roles of its nodes. Immutable: every call returns a changed copy.
 *
 * @param nodes the nodes by id, in file order
 * @param roles which node plays which role, by id
 * @param ends the last output of each ComfyUI type on the main path: {@code MODEL} and {@code CLIP} behind the LoRA
 *     chain, {@code VAE}, {@code IMAGE} in front of the node that saves it. This is where a patch links in
 * @param warnings what was left out or replaced while wiring
 */
public record Workflow(
        Map<String, WorkflowNode> nodes, Map<Role, String> roles, Map<String, Link> ends, List<Problem> warnings) {

    /** Copies the maps, keeping the order of nodes. */
    public Workflow {
        nodes = Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
        roles = Map.copyOf(roles);
        ends = Map.copyOf(ends);
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads a graph; its roles stay unknown.
     *
     * @param graph node id → node, as ComfyUI's "Export (API)" writes it
     * @return the graph without roles
     * @throws GazeException when a member is not a node; a graph in editor format is recognised and the message says how
     *     to export the other one
     */
    public static Workflow of(JsonObject graph) {
        if (graph.get("nodes").isPresent() && graph.get("links").isPresent()) {
            throw new GazeException(
                    GazeException.Kind.INVALID,
                    Problem.of("This is a workflow in ComfyUI's editor format, which cannot be queued")
                            .fix("open it in ComfyUI and use Workflow > Export (API), then use that file"));
        }
        Map<String, WorkflowNode> nodes = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        graph.members().forEach((id, value) -> {
            if (value instanceof JsonObject node && node.text("class_type").isPresent()) {
                nodes.put(id, new WorkflowNode(id, node));
            } else {
                problems.add(Problem.of(
                                "Member '%s' is %s; expected a node with a class_type".formatted(id, value.describe()))
                        .fix("export the workflow with Workflow > Export (API)"));
            }
        });
        if (!problems.isEmpty()) {
            throw new GazeException(GazeException.Kind.INVALID, null, problems);
        }
        return new Workflow(nodes, Map.of(), Map.of(), List.of());
    }

    /**
     * Reads a graph from JSON text.
     *
     * @param json the text
     * @return the graph without roles
     * @throws GazeException as {@link #of}, and when the text is no JSON
     */
    public static Workflow parse(String json) {
        return of(Json.object(json));
    }

    /**
     * The graph as ComfyUI takes it.
     *
     * @return node id → node
     */
    public JsonObject json() {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        nodes.forEach((id, node) -> members.put(id, node.json()));
        return new JsonObject(members);
    }

    /**
     * One node.
     *
     * @param id its id
     * @return the node; empty when there is none
     */
    public Optional<WorkflowNode> node(String id) {
        return Optional.ofNullable(nodes.get(id));
    }

    /**
     * The node that plays a role.
     *
     * @param role the role
     * @return the node; empty when nobody plays it
     */
    public Optional<WorkflowNode> role(Role role) {
        return Optional.ofNullable(roles.get(role)).map(nodes::get);
    }

    /**
     * The last output of a type on the main path.
     *
     * @param type ComfyUI's name of the type: {@code MODEL}, {@code CLIP}, {@code VAE}, {@code IMAGE}
     * @return the output; empty when the graph has none
     */
    public Optional<Link> end(String type) {
        return Optional.ofNullable(ends.get(type));
    }

    /**
     * With a node added, or put in place of the one with its id.
     *
     * @param node the node
     * @return a changed copy
     */
    public Workflow with(WorkflowNode node) {
        Map<String, WorkflowNode> changed = new LinkedHashMap<>(nodes);
        changed.put(node.id(), node);
        return new Workflow(changed, roles, ends, warnings);
    }

    /**
     * With one node changed.
     *
     * @param id its id
     * @param change gets the node
     * @return a changed copy, or this graph when it has no such node
     */
    public Workflow change(String id, UnaryOperator<WorkflowNode> change) {
        WorkflowNode node = nodes.get(id);
        return node == null ? this : with(change.apply(node));
    }

    /**
     * Without a node and its role. Links to it stay; {@link #relink} them first.
     *
     * @param id its id
     * @return a changed copy
     */
    public Workflow without(String id) {
        Map<String, WorkflowNode> changed = new LinkedHashMap<>(nodes);
        changed.remove(id);
        Map<Role, String> played = new LinkedHashMap<>(roles);
        played.values().removeIf(id::equals);
        return new Workflow(changed, played, ends, warnings);
    }

    /**
     * With every input that takes one output taking another; ends follow.
     *
     * @param from the output that is taken now
     * @param to the output to take instead
     * @return a changed copy
     */
    public Workflow relink(Link from, Link to) {
        Map<String, WorkflowNode> changed = new LinkedHashMap<>(nodes);
        JsonValue old = from.json();
        changed.replaceAll((id, node) -> {
            WorkflowNode result = node;
            for (Map.Entry<String, JsonValue> input : node.inputs().members().entrySet()) {
                if (input.getValue().equals(old)) {
                    result = result.with(input.getKey(), to);
                }
            }
            return result;
        });
        Map<String, Link> moved = new LinkedHashMap<>(ends);
        moved.replaceAll((type, end) -> end.equals(from) ? to : end);
        return new Workflow(changed, roles, moved, warnings);
    }

    /**
     * With a role given to a node.
     *
     * @param role the role
     * @param id the node's id
     * @return a changed copy
     */
    public Workflow withRole(Role role, String id) {
        Map<Role, String> played = new LinkedHashMap<>(roles);
        played.put(role, id);
        return new Workflow(nodes, played, ends, warnings);
    }

    /**
     * With another last output of a type. A patch that puts a node behind the main path tells so here.
     *
     * @param type ComfyUI's name of the type
     * @param end the output
     * @return a changed copy
     */
    public Workflow withEnd(String type, Link end) {
        Map<String, Link> moved = new LinkedHashMap<>(ends);
        moved.put(type, end);
        return new Workflow(nodes, roles, moved, warnings);
    }

    /**
     * With one more warning.
     *
     * @param warning what was left out or replaced
     * @return a changed copy
     */
    public Workflow warn(Problem warning) {
        List<Problem> more = new ArrayList<>(warnings);
        more.add(warning);
        return new Workflow(nodes, roles, ends, more);
    }

    /**
     * An id no node has, for a node to be added.
     *
     * @return the smallest whole number above all numeric ids
     */
    public String freshId() {
        long highest = 0;
        for (String id : nodes.keySet()) {
            if (id.matches("\\d{1,15}")) {
                highest = Math.max(highest, Long.parseLong(id));
            }
        }
        return Long.toString(highest + 1);
    }

    /** The graph as JSON, as a file of it looks. */
    @Override
    public String toString() {
        return new String(Json.pretty(json()), StandardCharsets.UTF_8);
    }
}
