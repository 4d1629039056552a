package dev.gaze.comfy.workflow;

import dev.gaze.api.workflow.Link;
import dev.gaze.api.workflow.Workflow;
import dev.gaze.api.workflow.WorkflowNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A graph to walk through and to change. {@link Workflow} copies its whole map at every change; this is the one copy
 * that reading roles and wiring work on, and it never outlives their call.
 */
final class Graph {
    private final Map<String, GraphNode> nodes = new LinkedHashMap<>();
    private long highestId = -1;

    private Graph() {}

    static Graph of(Workflow workflow) {
        Graph graph = new Graph();
        workflow.nodes().values().forEach(node -> graph.nodes.put(node.id(), new GraphNode(node)));
        return graph;
    }

    Collection<GraphNode> nodes() {
        return nodes.values();
    }

    Set<String> ids() {
        return nodes.keySet();
    }

    @Nullable
    GraphNode node(@Nullable String id) {
        return id == null ? null : nodes.get(id);
    }

    /** The node an input is linked to; null when the input is missing or a literal, or the link dangles. */
    @Nullable
    GraphNode source(GraphNode node, String input) {
        Link link = node.link(input);
        return link == null ? null : nodes.get(link.node());
    }

    /** The nodes that the inputs accepted by {@code follow} are linked to. */
    List<GraphNode> sources(GraphNode node, Predicate<String> follow) {
        List<GraphNode> sources = new ArrayList<>();
        node.links().forEach((input, link) -> {
            GraphNode source = nodes.get(link.node());
            if (source != null && follow.test(input)) {
                sources.add(source);
            }
        });
        return sources;
    }

    /** The nodes that take something from this one. */
    List<GraphNode> consumers(GraphNode of) {
        List<GraphNode> consumers = new ArrayList<>();
        for (GraphNode node : nodes.values()) {
            if (node.links().values().stream().anyMatch(link -> link.node().equals(of.id()))) {
                consumers.add(node);
            }
        }
        return consumers;
    }

    /** The node and everything it depends on through the inputs accepted by {@code follow}, nearest first. */
    Set<GraphNode> upstream(GraphNode from, Predicate<String> follow) {
        Set<GraphNode> seen = new LinkedHashSet<>(List.of(from));
        Deque<GraphNode> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            for (GraphNode source : sources(open.remove(), follow)) {
                if (seen.add(source)) {
                    open.add(source);
                }
            }
        }
        return seen;
    }

    /**
     * The outputs on the way up from an input that keeps its name: the model of a sampler, the model of the node that
     * gave it, and so on up to the loader. Nearest first; ends before a link that dangles or runs in a circle.
     */
    List<Link> trail(@Nullable GraphNode from, String input) {
        Set<Link> trail = new LinkedHashSet<>();
        GraphNode node = from;
        while (node != null) {
            Link link = node.link(input);
            if (link == null || !nodes.containsKey(link.node()) || !trail.add(link)) {
                break;
            }
            node = nodes.get(link.node());
        }
        return List.copyOf(trail);
    }

    /** Makes every input of {@code node} that takes a key of the map take its value instead. */
    static void relink(GraphNode node, Map<Link, Link> moved) {
        for (Map.Entry<String, Link> input : List.copyOf(node.links().entrySet())) {
            Link to = moved.get(input.getValue());
            if (to != null) {
                node.set(input.getKey(), to);
            }
        }
    }

    void relink(Map<Link, Link> moved) {
        nodes.values().forEach(node -> relink(node, moved));
    }

    void remove(GraphNode node) {
        nodes.remove(node.id());
    }

    GraphNode add(WorkflowNode node) {
        GraphNode added = new GraphNode(node);
        nodes.put(node.id(), added);
        return added;
    }

    /** An id no node has or ever had here: the next whole number above all numeric ids. */
    String freshId() {
        if (highestId < 0) {
            highestId = 0;
            for (String id : nodes.keySet()) {
                if (id.length() <= 15 && id.chars().allMatch(digit -> digit >= '0' && digit <= '9') && !id.isEmpty()) {
                    highestId = Math.max(highestId, Long.parseLong(id));
                }
            }
        }
        return Long.toString(++highestId);
    }

    /** The nodes as they are now. */
    Map<String, WorkflowNode> freeze() {
        Map<String, WorkflowNode> frozen = new LinkedHashMap<>();
        nodes.forEach((id, node) -> frozen.put(id, node.freeze()));
        return frozen;
    }
}
