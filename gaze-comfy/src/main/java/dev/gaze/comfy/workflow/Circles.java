package dev.gaze.comfy.workflow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds nodes that wait for each other. ComfyUI before 0.33 refuses such a graph without a word on where the circle is,
 * so it has to be told here.
 *
 * <p>Nodes without open sources are settled and taken away, which settles others. When none is left to settle, what
 * remains holds a circle; it is noted, taken away as well, and the settling goes on.
 */
final class Circles {
    private final Map<GraphNode, Set<GraphNode>> openSources = new LinkedHashMap<>();
    private final Map<GraphNode, List<GraphNode>> consumers = new HashMap<>();
    private final Deque<GraphNode> settled = new ArrayDeque<>();

    private Circles(Graph graph, Collection<GraphNode> nodes) {
        for (GraphNode node : nodes) {
            Set<GraphNode> sources = new LinkedHashSet<>(graph.sources(node, input -> true));
            openSources.put(node, sources);
            sources.forEach(source -> consumers
                    .computeIfAbsent(source, given -> new ArrayList<>())
                    .add(node));
            if (sources.isEmpty()) {
                settled.add(node);
            }
        }
    }

    /**
     * The circles among some nodes, each told once, every node followed by the one it takes from.
     *
     * @param nodes some nodes with everything they depend on
     */
    static List<List<GraphNode>> among(Graph graph, Collection<GraphNode> nodes) {
        Circles circles = new Circles(graph, nodes);
        List<List<GraphNode>> found = new ArrayList<>();
        circles.settle();
        while (!circles.openSources.isEmpty()) {
            List<GraphNode> circle = circles.next();
            found.add(circle);
            circles.settled.addAll(circle);
            circles.settle();
        }
        return found;
    }

    private void settle() {
        while (!settled.isEmpty()) {
            GraphNode node = settled.remove();
            if (openSources.remove(node) != null) {
                consumers.getOrDefault(node, List.of()).forEach(consumer -> settle(consumer, node));
            }
        }
    }

    private void settle(GraphNode consumer, GraphNode source) {
        Set<GraphNode> sources = openSources.get(consumer);
        if (sources != null && sources.remove(source) && sources.isEmpty()) {
            settled.add(consumer);
        }
    }

    /** Walks up until a node comes round again. */
    private List<GraphNode> next() {
        Set<GraphNode> path = new LinkedHashSet<>();
        GraphNode node = openSources.keySet().iterator().next();
        while (path.add(node)) {
            node = openSources.get(node).iterator().next();
        }
        List<GraphNode> walked = List.copyOf(path);
        return walked.subList(walked.indexOf(node), walked.size());
    }
}
