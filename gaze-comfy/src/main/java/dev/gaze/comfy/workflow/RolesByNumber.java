package dev.gaze.comfy.workflow;

import dev.gaze.api.workflow.Role;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The node numbers of the first GAZE, whose templates people still have (G15, G16). A number that does not fit says nothing. */
final class RolesByNumber implements RoleRule {
    private static final Map<Role, String> NUMBERS = Map.ofEntries(
            Map.entry(Role.SAMPLER, "3"),
            Map.entry(Role.CHECKPOINT, "4"),
            Map.entry(Role.LATENT, "5"),
            Map.entry(Role.POSITIVE, "6"),
            Map.entry(Role.NEGATIVE, "7"),
            Map.entry(Role.DECODE, "8"),
            Map.entry(Role.SAVE, "9"),
            Map.entry(Role.FACE_DETAILER, "11"),
            Map.entry(Role.HAND_DETAILER, "13"),
            Map.entry(Role.FACE_PROMPT, "14"),
            Map.entry(Role.HAND_PROMPT, "15"));

    @Override
    public Collection<GraphNode> candidates(Role role, Graph graph, Map<Role, GraphNode> found) {
        GraphNode node = graph.node(NUMBERS.get(role));
        return node != null && NodeShape.fits(role, node) && !found.containsValue(node) ? List.of(node) : List.of();
    }
}
