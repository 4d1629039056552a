package dev.gaze.comfy.workflow;

import dev.gaze.api.workflow.Role;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code {{POSITIVE_PROMPT}}} and the like: the encoder they stand in, or are handed to by a text node. */
final class RolesByPlaceholder implements RoleRule {

    @Override
    public Collection<GraphNode> candidates(Role role, Graph graph, Map<Role, GraphNode> found) {
        return switch (role) {
            case POSITIVE, NEGATIVE, FACE_PROMPT, HAND_PROMPT -> holders(graph, Placeholder.of(role));
            case FACE_DETAILER -> detailers(graph, Placeholder.FACE);
            case HAND_DETAILER -> detailers(graph, Placeholder.HAND);
            default -> List.of();
        };
    }

    private static Set<GraphNode> holders(Graph graph, Placeholder placeholder) {
        Set<GraphNode> holders = new LinkedHashSet<>();
        graph.nodes().stream().filter(placeholder::isIn).forEach(holder -> holders.addAll(encodersOf(graph, holder)));
        return holders;
    }

    /** The detailers that such words lead to. */
    private static List<GraphNode> detailers(Graph graph, Placeholder placeholder) {
        Set<GraphNode> holders = holders(graph, placeholder);
        return graph.nodes().stream()
                .filter(NodeShape::refines)
                .filter(detailer -> holders.contains(detailer)
                        || RolesByGraph.encoders(graph, detailer, "positive").stream()
                                .anyMatch(holders::contains))
                .toList();
    }

    /**
     * The encoders that get the text a node holds. A node that needs none, such as a detailer with a text of its own,
     * stands for itself; a note that nobody reads does not count.
     */
    private static Set<GraphNode> encodersOf(Graph graph, GraphNode holder) {
        Set<GraphNode> encoders = new LinkedHashSet<>();
        Set<GraphNode> seen = new LinkedHashSet<>(List.of(holder));
        Deque<GraphNode> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            GraphNode node = open.remove();
            if (NodeShape.encodes(node)) {
                encoders.add(node);
            } else if (node == holder || handsTextOn(node)) {
                graph.consumers(node).stream().filter(seen::add).forEach(open::add);
            }
        }
        return encoders.isEmpty() && leadsToPicture(graph, holder) ? Set.of(holder) : encoders;
    }

    private static boolean leadsToPicture(Graph graph, GraphNode holder) {
        return graph.nodes().stream()
                .filter(node -> NodeShape.samples(node) || NodeShape.refines(node))
                .anyMatch(node -> graph.upstream(node, input -> true).contains(holder));
    }

    /** A node that joins or edits texts; it takes no model, image or conditioning. */
    private static boolean handsTextOn(GraphNode node) {
        return node.links().keySet().stream()
                .noneMatch(input -> !NodeShape.towardsWords().test(input)
                        || input.contains("conditioning")
                        || input.equals("positive")
                        || input.equals("negative"));
    }
}
