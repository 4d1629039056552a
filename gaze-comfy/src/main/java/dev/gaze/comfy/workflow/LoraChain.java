package dev.gaze.comfy.workflow;

import dev.gaze.api.json.JsonObject;
import dev.gaze.api.plan.LoraRef;
import dev.gaze.api.plan.Missing;
import dev.gaze.api.plan.PlannedLora;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.workflow.Link;
import dev.gaze.api.workflow.Role;
import dev.gaze.api.workflow.WorkflowNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Builds the LoRA chain anew, in the order of the plan (G17–G20, G30, G159). Every loader of the template is taken off
 * the path: who took from it takes from where it took. The chain then goes in between the source of the first loader
 * (without loaders: the checkpoint) and those who took from there. What stands between two loaders, such as FreeU, keeps
 * its place that way.
 *
 * <p>A loader whose slot is not used keeps its inputs and simply has no consumers. One that serves no slot is removed:
 * its default LoRA would draw somebody else.
 */
final class LoraChain {
    private final Wiring wiring;
    private final Graph graph;

    /** The template's loaders that are not used yet, with their slots. */
    private final Map<GraphNode, String> idle = new LinkedHashMap<>();

    /** What each loader of the template gives → what it was given, past all loaders. */
    private final Map<Link, Link> bypass = new HashMap<>();

    /** The loaders in use. */
    private final Set<GraphNode> chain = new HashSet<>();

    private final Line model;
    private final Line clip;

    /** One of the two lines that run through the chain. */
    private static final class Line {
        private final @Nullable Link source;
        private final boolean hadLoaders;
        private @Nullable Link end;

        Line(@Nullable Link source, boolean hadLoaders) {
            this.source = source;
            this.hadLoaders = hadLoaders;
            this.end = source;
        }
    }

    private LoraChain(Wiring wiring) {
        this.wiring = wiring;
        this.graph = wiring.graph;
        wiring.template.loraLoaders().forEach((id, slot) -> {
            GraphNode loader = graph.node(id);
            if (loader != null) {
                idle.put(loader, slot);
            }
        });
        for (GraphNode loader : idle.keySet()) {
            bypass(loader, 0, "model");
            bypass(loader, 1, "clip");
        }
        this.model = line(Role.SAMPLER, "model");
        this.clip = line(Role.POSITIVE, "clip");
    }

    static void build(Wiring wiring) {
        new LoraChain(wiring).build();
    }

    private void bypass(GraphNode loader, int output, String input) {
        Link from = loader.link(input);
        for (int hops = 0; from != null && hops <= idle.size(); hops++) {
            GraphNode giver = graph.node(from.node());
            if (giver == null || !idle.containsKey(giver)) {
                bypass.put(new Link(loader.id(), output), from);
                return;
            }
            from = giver.link(from.output() == 0 ? "model" : "clip");
        }
    }

    private Line line(Role consumer, String input) {
        List<Link> trail = Ends.trail(graph, wiring.role(consumer), input);
        for (int i = trail.size() - 1; i >= 0; i--) {
            Link source = bypass.get(trail.get(i));
            if (source != null) {
                return new Line(source, true);
            }
        }
        return new Line(trail.isEmpty() ? null : trail.get(trail.size() - 1), false);
    }

    private void build() {
        wiring.plan.loras().forEach(this::load);
        Map<Link, Link> moved = new HashMap<>(bypass);
        moved.replaceAll((output, source) -> source.equals(model.source) ? end(model) : source);
        moved.replaceAll((output, source) -> source.equals(clip.source) ? end(clip) : source);
        // whoever plays a role stands behind the chain (G20); others may have left out the template's loaders on
        // purpose
        Map<Link, Link> movedForRoles = new HashMap<>(moved);
        for (Line line : List.of(model, clip)) {
            if (line.source != null) {
                movedForRoles.put(line.source, end(line));
                if (!line.hadLoaders) {
                    moved.put(line.source, end(line));
                }
            }
        }
        for (GraphNode node : graph.nodes()) {
            if (!chain.contains(node) && !idle.containsKey(node)) {
                Graph.relink(node, wiring.playsAny(node) ? movedForRoles : moved);
            }
        }
        retire();
    }

    private static Link end(Line line) {
        return Objects.requireNonNull(line.end);
    }

    private void load(PlannedLora planned) {
        LoraRef lora = planned.lora();
        GraphNode loader = loaderFor(planned.slot());
        boolean both = loader == null ? clip.source != null : loader.link("clip") != null;
        String classType = loader != null ? loader.classType() : both ? "LoraLoader" : "LoraLoaderModelOnly";
        ServerFiles files = ServerFiles.of(wiring.facts, classType, "lora_name");
        Optional<String> spelt = files.spelling(lora.file());
        if (spelt.isEmpty()) {
            Problem missing = files.missing("LoRA", lora.file(), planned.asset().toString());
            if (wiring.plan.missing() == Missing.LEAVE_OUT) {
                wiring.warn(new Problem(missing.what() + "; it is left out", missing.where(), missing.fix()));
            } else {
                wiring.problem(missing);
            }
            return;
        }
        if (model.source == null) {
            wiring.problem(Problem.of("Template '%s' has no place for LoRA '%s': no sampler takes a model"
                            .formatted(wiring.template.name(), lora.file()))
                    .at(planned.asset().toString())
                    .fix("say beside the template which node samples, or use another template"));
            return;
        }
        if (loader == null) {
            loader = graph.add(
                    WorkflowNode.of(graph.freshId(), classType, LoraLoaders.title(planned.slot()), JsonObject.empty()));
        }
        idle.remove(loader);
        chain.add(loader);
        loader.set("lora_name", spelt.get());
        loader.set("strength_model", lora.modelStrength());
        pass(model, loader, 0, "model");
        if (both) {
            loader.set("strength_clip", lora.clipStrength());
            pass(clip, loader, 1, "clip");
        }
    }

    private @Nullable GraphNode loaderFor(String slot) {
        for (Map.Entry<GraphNode, String> loader : idle.entrySet()) {
            if (loader.getValue().equals(slot)) {
                return loader.getKey();
            }
        }
        return null;
    }

    private static void pass(Line line, GraphNode loader, int output, String input) {
        if (line.end != null) {
            loader.set(input, line.end);
            line.end = new Link(loader.id(), output);
        }
    }

    /** Removes the loaders without a slot, unless somebody takes more from them than model and CLIP. */
    private void retire() {
        for (Map.Entry<GraphNode, String> loader : idle.entrySet()) {
            if (loader.getValue().isEmpty()
                    && graph.consumers(loader.getKey()).stream().allMatch(idle::containsKey)) {
                wiring.remove(loader.getKey());
            }
        }
        Map<Link, Link> gone = new HashMap<>(bypass);
        gone.keySet().removeIf(output -> graph.node(output.node()) != null);
        idle.keySet().forEach(kept -> Graph.relink(kept, gone));
    }
}
