package dev.gaze.comfy.workflow;

import dev.gaze.api.json.JsonText;
import dev.gaze.api.workflow.Link;
import dev.gaze.api.workflow.Role;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the links say. The main sampler is the one that starts from an empty latent; everything else is found by
 * following its inputs upwards and its image downwards.
 */
final class RolesByGraph implements RoleRule {
    private static final Predicate<String> LATENTS = Set.of("samples", "latent", "latents", "latent_image")::contains;

    @Override
    public Collection<GraphNode> candidates(Role role, Graph graph, Map<Role, GraphNode> found) {
        GraphNode sampler = found.get(Role.SAMPLER);
        Collection<GraphNode> candidates = switch (role) {
            case SAMPLER -> mainSamplers(graph);
            case CHECKPOINT -> checkpoints(graph, sampler);
            case LATENT -> sampler == null ? List.of() : emptyLatents(graph, sampler);
            case POSITIVE -> encoders(graph, sampler, "positive", "conditioning");
            case NEGATIVE -> encoders(graph, sampler, "negative");
            case DECODE -> last(graph, behind(graph, sampler, NodeShape::decodes));
            case SAVE -> last(graph, endings(graph));
            case FACE_DETAILER -> detailers(graph, "face", "hand");
            case HAND_DETAILER -> detailers(graph, "hand", "face");
            case FACE_PROMPT -> encoders(graph, found.get(Role.FACE_DETAILER), "positive");
            case HAND_PROMPT -> encoders(graph, found.get(Role.HAND_DETAILER), "positive");
            case VAE -> vaes(graph, found.get(Role.DECODE));
        };
        // one encoder for several passes says the words of the first
        return candidates.stream().filter(node -> !found.containsValue(node)).toList();
    }

    /** Samplers that start from an empty latent, or failing that, from anything but another sampler. */
    private static List<GraphNode> mainSamplers(Graph graph) {
        List<GraphNode> first = graph.nodes().stream()
                .filter(NodeShape::samples)
                .filter(sampler -> graph.upstream(sampler, LATENTS).stream()
                        .noneMatch(node -> node != sampler && NodeShape.samples(node)))
                .toList();
        List<GraphNode> fromEmpty = first.stream()
                .filter(sampler -> !emptyLatents(graph, sampler).isEmpty())
                .toList();
        return fromEmpty.isEmpty() ? first : fromEmpty;
    }

    private static List<GraphNode> emptyLatents(Graph graph, GraphNode sampler) {
        return graph.upstream(sampler, LATENTS).stream()
                .filter(NodeShape::emptyLatent)
                .toList();
    }

    /** Where the sampler's model comes from; without a trail to follow, whatever loads a checkpoint file. */
    private static List<GraphNode> checkpoints(Graph graph, @Nullable GraphNode sampler) {
        if (sampler != null) {
            for (GraphNode part : NodeShape.parts(graph, sampler)) {
                List<Link> trail = graph.trail(part, "model");
                GraphNode root = trail.isEmpty()
                        ? null
                        : graph.node(trail.get(trail.size() - 1).node());
                if (root != null && NodeShape.modelFile(root) != null) {
                    return List.of(root);
                }
            }
        }
        return graph.nodes().stream()
                .filter(node -> node.text("ckpt_name") != null)
                .toList();
    }

    /** The encoders whose words reach a conditioning input of a sampler or detailer. */
    static Collection<GraphNode> encoders(Graph graph, @Nullable GraphNode drawing, String... inputs) {
        if (drawing == null) {
            return List.of();
        }
        for (GraphNode part : NodeShape.parts(graph, drawing)) {
            for (String input : inputs) {
                Link link = part.link(input);
                if (link != null) {
                    Set<GraphNode> encoders = new LinkedHashSet<>();
                    collectEncoders(graph, link, encoders, new LinkedHashSet<>());
                    return encoders;
                }
            }
        }
        return List.of();
    }

    private static void collectEncoders(Graph graph, Link link, Set<GraphNode> encoders, Set<Link> seen) {
        GraphNode node = graph.node(link.node());
        if (node == null || !seen.add(link) || node.classType().equals("ConditioningZeroOut")) {
            return;
        }
        if (NodeShape.encodes(node)) {
            encoders.add(node);
            return;
        }
        boolean both = node.link("positive") != null && node.link("negative") != null;
        if (both) { // such as ControlNetApplyAdvanced: the first output is the positive, the second the negative
            Link side = node.link(link.output() == 0 ? "positive" : "negative");
            if (side != null) {
                collectEncoders(graph, side, encoders, seen);
            }
            return;
        }
        boolean last = true;
        for (String input : node.inputs().keySet()) {
            Link up = NodeShape.towardsWords().test(input) ? node.link(input) : null;
            if (up != null) {
                last = false;
                collectEncoders(graph, up, encoders, seen);
            }
        }
        if (last && NodeShape.TEXTS.stream().anyMatch(input -> node.text(input) != null)) {
            encoders.add(node);
        }
    }

    private static List<GraphNode> detailers(Graph graph, String part, String other) {
        List<GraphNode> all = graph.nodes().stream()
                .filter(NodeShape::refines)
                .filter(node -> node.classType().contains("Detailer"))
                .toList();
        List<GraphNode> named =
                all.stream().filter(node -> detects(graph, node, part)).toList();
        if (!named.isEmpty() || !part.equals("face")) {
            return named;
        }
        // a FaceDetailer whose detector does not say what it looks for
        return all.stream()
                .filter(node -> node.classType().startsWith("FaceDetailer"))
                .filter(node -> !detects(graph, node, other) && !detects(graph, node, ""))
                .toList();
    }

    /** Whether a detector model of a detailer names a part of the body; a blank part asks for any detector model. */
    private static boolean detects(Graph graph, GraphNode detailer, String part) {
        return graph.upstream(detailer, NodeShape::leadsToDetector).stream()
                .filter(node -> node != detailer)
                .map(node -> node.text("model_name"))
                .anyMatch(name -> name != null && name.toLowerCase(Locale.ROOT).contains(part));
    }

    private static List<GraphNode> vaes(Graph graph, @Nullable GraphNode decode) {
        GraphNode loader = decode == null ? null : graph.source(decode, "vae");
        return loader != null && loader.input("vae_name") instanceof JsonText ? List.of(loader) : List.of();
    }

    /** Where the picture ends: in a file, or failing that, on the screen. */
    private static List<GraphNode> endings(Graph graph) {
        List<GraphNode> saves = graph.nodes().stream().filter(NodeShape::saves).toList();
        return saves.isEmpty() ? graph.nodes().stream().filter(NodeShape::shows).toList() : saves;
    }

    private static List<GraphNode> behind(Graph graph, @Nullable GraphNode sampler, Predicate<GraphNode> wanted) {
        return graph.nodes().stream()
                .filter(wanted)
                .filter(node ->
                        sampler == null || graph.upstream(node, input -> true).contains(sampler))
                .toList();
    }

    /** Those with the most behind them: of two saves, the one that comes after the other's detailers. */
    private static List<GraphNode> last(Graph graph, List<GraphNode> nodes) {
        int most = nodes.stream().mapToInt(node -> depth(graph, node)).max().orElse(0);
        return nodes.stream().filter(node -> depth(graph, node) == most).toList();
    }

    private static int depth(Graph graph, GraphNode node) {
        return graph.upstream(node, input -> true).size();
    }
}
