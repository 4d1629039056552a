package dev.gaze.comfy.workflow;

import dev.gaze.api.workflow.Link;
import dev.gaze.api.workflow.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The last output of each type on the main path of a graph, where a patch links in. */
final class Ends {

    private Ends() {}

    static Map<String, Link> of(Graph graph, Map<Role, String> roles) {
        Map<String, Link> ends = new LinkedHashMap<>();
        put(ends, "MODEL", chainEnd(graph, graph.node(roles.get(Role.SAMPLER)), "model"));
        put(ends, "CLIP", chainEnd(graph, graph.node(roles.get(Role.POSITIVE)), "clip"));
        put(ends, "VAE", vae(graph, roles));
        put(ends, "IMAGE", image(graph, roles));
        return ends;
    }

    private static void put(Map<String, Link> ends, String type, @Nullable Link end) {
        if (end != null) {
            ends.put(type, end);
        }
    }

    /** Behind the last LoRA on the way to a node; without LoRAs, behind the loader. */
    private static @Nullable Link chainEnd(Graph graph, @Nullable GraphNode consumer, String input) {
        List<Link> trail = trail(graph, consumer, input);
        for (Link link : trail) {
            GraphNode node = graph.node(link.node());
            if (node != null && NodeShape.appliesLora(node)) {
                return link;
            }
        }
        return trail.isEmpty() ? null : trail.get(trail.size() - 1);
    }

    /** The way up from a node, or from the part of it that has the input. */
    static List<Link> trail(Graph graph, @Nullable GraphNode consumer, String input) {
        if (consumer != null) {
            for (GraphNode part : NodeShape.parts(graph, consumer)) {
                if (part.link(input) != null) {
                    return graph.trail(part, input);
                }
            }
        }
        return List.of();
    }

    private static @Nullable Link vae(Graph graph, Map<Role, String> roles) {
        for (Role consumer : List.of(Role.DECODE, Role.FACE_DETAILER, Role.HAND_DETAILER)) {
            GraphNode node = graph.node(roles.get(consumer));
            if (node != null && node.link("vae") != null) {
                return node.link("vae");
            }
        }
        return null;
    }

    private static @Nullable Link image(Graph graph, Map<Role, String> roles) {
        GraphNode save = graph.node(roles.get(Role.SAVE));
        String input = save == null ? null : NodeShape.imageInput(save);
        if (save != null && input != null) {
            return save.link(input);
        }
        String decode = roles.get(Role.DECODE);
        return decode == null ? null : new Link(decode, 0);
    }
}
