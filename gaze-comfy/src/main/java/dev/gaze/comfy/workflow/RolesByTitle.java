package dev.gaze.comfy.workflow;

import dev.gaze.api.workflow.Role;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the user wrote above a node. A text is known by one word of its title ({@code Positive}, {@code Face prompt}), a
 * detailer by {@code face} or {@code hand}; anything else must be called by its role, since ComfyUI titles every sampler
 * "KSampler" by itself.
 */
final class RolesByTitle implements RoleRule {
    private static final Map<Role, Set<String>> NAMES = Map.of(
            Role.SAMPLER, Set.of("sampler", "main sampler"),
            Role.CHECKPOINT, Set.of("checkpoint", "main checkpoint"),
            Role.LATENT, Set.of("latent", "size", "image size"),
            Role.DECODE, Set.of("decode", "main decode"),
            Role.SAVE, Set.of("save", "save final", "final save", "final image", "output"),
            Role.VAE, Set.of("vae"));

    @Override
    public Collection<GraphNode> candidates(Role role, Graph graph, Map<Role, GraphNode> found) {
        return graph.nodes().stream()
                .filter(node -> says(role, words(node.title())))
                .filter(node -> NodeShape.fits(role, node))
                .toList();
    }

    private static boolean says(Role role, List<String> words) {
        boolean face = words.contains("face") || words.contains("faces");
        boolean hand = words.contains("hand") || words.contains("hands");
        return switch (role) {
            case POSITIVE -> words.contains("positive") && !face && !hand;
            case NEGATIVE -> words.contains("negative") && !face && !hand;
            case FACE_PROMPT -> face && !hand && !words.contains("negative");
            case HAND_PROMPT -> hand && !face && !words.contains("negative");
            case FACE_DETAILER -> face && !hand;
            case HAND_DETAILER -> hand && !face;
            default -> NAMES.getOrDefault(role, Set.of()).contains(String.join(" ", words));
        };
    }

    /** The words of a title in lower case; {@code FaceDetailer}, a title nobody wrote, stays one word. */
    static List<String> words(String title) {
        return List.of(title.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}_]+")).stream()
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
