package dev.gaze.comfy.workflow;

import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.workflow.Link;
import dev.gaze.api.workflow.NodeDefinition;
import dev.gaze.api.workflow.Role;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes out the detailer passes a server cannot run, because it lacks their nodes or a detector model. The picture then
 * goes past them, and the result says so. With unknown facts nothing is taken out.
 */
final class MissingPasses {
    /** What a pass shares with the rest of the graph; what else it takes is its own affair. */
    private static final Set<String> SHARED =
            Set.of("image", "model", "clip", "vae", "positive", "negative", "basic_pipe");

    private final Wiring wiring;
    private final GraphNode detailer;
    private final String part;

    private MissingPasses(Wiring wiring, GraphNode detailer, String part) {
        this.wiring = wiring;
        this.detailer = detailer;
        this.part = part;
    }

    static void prune(Wiring wiring) {
        if (wiring.facts.known()) {
            prune(wiring, Role.FACE_DETAILER, "face");
            prune(wiring, Role.HAND_DETAILER, "hand");
        }
    }

    private static void prune(Wiring wiring, Role role, String part) {
        GraphNode detailer = wiring.role(role);
        if (detailer != null) {
            MissingPasses pass = new MissingPasses(wiring, detailer, part);
            Problem lack = pass.lack();
            if (lack != null) {
                pass.remove(lack);
            }
        }
    }

    /** Why the server cannot run the pass; null when it can. */
    private @Nullable Problem lack() {
        Optional<NodeDefinition> definition = wiring.facts.node(detailer.classType());
        if (definition.isEmpty()) {
            return lacksNode(detailer);
        }
        for (String input : List.copyOf(detailer.links().keySet())) {
            GraphNode source = SHARED.contains(input) ? null : wiring.graph.source(detailer, input);
            Problem lack = source == null ? null : lackBehind(source);
            if (lack != null) {
                boolean optional = definition
                        .get()
                        .input(input)
                        .map(known -> !known.required())
                        .orElse(false);
                if (!optional) {
                    return lack;
                }
                detailer.unset(input);
                dropUnused(source);
                wiring.warn(Problem.of("The %s pass goes without %s: %s".formatted(part, input, lack.what()))
                        .at(lack.where())
                        .fix(lack.fix()));
            }
        }
        return null;
    }

    private @Nullable Problem lackBehind(GraphNode source) {
        for (GraphNode node : wiring.graph.upstream(source, input -> !SHARED.contains(input))) {
            if (wiring.facts.node(node.classType()).isEmpty()) {
                return lacksNode(node);
            }
            Problem model = lacksModel(node);
            if (model != null) {
                return model;
            }
        }
        return null;
    }

    private Problem lacksNode(GraphNode node) {
        return Problem.of("the server has no node '%s'".formatted(node.classType()))
                .at("node " + node)
                .fix("install it on the server (FaceDetailer and its detectors come with ComfyUI Impact Pack and Impact"
                        + " Subpack), or use a template without it");
    }

    /** Also puts another model of the same purpose in place of a missing one. */
    private @Nullable Problem lacksModel(GraphNode node) {
        for (Map.Entry<String, JsonValue> input : List.copyOf(node.inputs().entrySet())) {
            if (!(input.getValue() instanceof JsonText file) || !input.getKey().endsWith("model_name")) {
                continue;
            }
            ServerFiles files = ServerFiles.of(wiring.facts, node.classType(), input.getKey());
            String spelt = files.spelling(file.value()).orElse(null);
            if (spelt == null) {
                spelt = standIn(files, file.value());
                if (spelt == null) {
                    return files.missing("detection model", file.value(), "node " + node);
                }
                wiring.warn(Problem.of("The %s pass uses '%s', since the server has no '%s'"
                                .formatted(part, spelt, file.value()))
                        .at("node " + node));
            }
            node.set(input.getKey(), spelt);
        }
        return null;
    }

    /** Another detector for the same part of the body: its name says what it finds. */
    private @Nullable String standIn(ServerFiles files, String file) {
        List<String> names = files.names();
        return names == null || !file.toLowerCase(Locale.ROOT).contains(part)
                ? null
                : names.stream()
                        .filter(name -> name.toLowerCase(Locale.ROOT).contains(part))
                        .findFirst()
                        .orElse(null);
    }

    private void remove(Problem lack) {
        Set<GraphNode> lost = new LinkedHashSet<>(Set.of(detailer));
        Deque<GraphNode> open = new ArrayDeque<>(lost);
        while (!open.isEmpty()) { // what lives on the detailer's other outputs, such as a preview of the cropped face
            GraphNode node = open.remove();
            bypass(node);
            wiring.graph.consumers(node).stream().filter(lost::add).forEach(open::add);
        }
        GraphNode save = wiring.role(Role.SAVE);
        if (save != null && lost.contains(save)) {
            wiring.problem(Problem.of("The %s pass cannot be left out, the saved image depends on more than its image:"
                                    .formatted(part)
                            + " "
                            + lack.what())
                    .at(lack.where())
                    .fix(lack.fix()));
            return;
        }
        GraphNode hand = wiring.role(Role.HAND_DETAILER);
        if (hand != null && hand != detailer && lost.contains(hand)) {
            wiring.warn(Problem.of("The hand pass is left out: it builds on the %s pass".formatted(part))
                    .at("node " + hand));
        }
        lost.forEach(wiring::remove);
        lost.forEach(this::dropSources);
        wiring.warn(Problem.of("The %s pass is left out: %s".formatted(part, lack.what()))
                .at(lack.where())
                .fix(lack.fix()));
    }

    /** Lets the image go past a detailer. */
    private void bypass(GraphNode node) {
        Link image = node.link("image");
        if (NodeShape.refines(node) && image != null) {
            wiring.graph.relink(Map.of(new Link(node.id(), 0), image));
        }
    }

    private void dropSources(GraphNode lost) {
        wiring.graph.sources(lost, input -> true).forEach(this::dropUnused);
    }

    /** Drops a node that served only what is gone, and in turn what served only it. */
    private void dropUnused(GraphNode node) {
        if (wiring.graph.node(node.id()) == node && wiring.graph.consumers(node).isEmpty()) {
            wiring.remove(node);
            dropSources(node);
        }
    }
}
