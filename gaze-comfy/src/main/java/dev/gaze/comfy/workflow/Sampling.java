package dev.gaze.comfy.workflow;

import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.plan.RenderPlan;
import dev.gaze.api.plan.SamplerSettings;
import dev.gaze.api.plan.Seed;
import dev.gaze.api.plan.Size;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.workflow.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts sampler settings, seeds and the size in (G31–G33). A value linked from elsewhere is replaced where it is used. */
final class Sampling {
    private static final List<String> SEEDS = List.of("seed", "noise_seed");

    private final Wiring wiring;
    private final @Nullable GraphNode sampler;

    private Sampling(Wiring wiring) {
        this.wiring = wiring;
        boolean needed = wiring.plan.sampler() != null || wiring.plan.seeds().containsKey(RenderPlan.SAMPLER);
        this.sampler = needed ? wiring.required(Role.SAMPLER, "sampling") : wiring.role(Role.SAMPLER);
    }

    static void put(Wiring wiring) {
        Sampling sampling = new Sampling(wiring);
        sampling.settings();
        sampling.seeds();
        sampling.size();
    }

    private void settings() {
        SamplerSettings settings = wiring.plan.sampler();
        if (settings == null) {
            return;
        }
        if (sampler != null) {
            Map<String, Object> values = values(settings);
            if (isFirstStage(sampler)) {
                values.remove("steps");
                wiring.warn(Problem.of("The template's own steps stay: its samplers share them out between them")
                        .at("node " + sampler));
            }
            Set<GraphNode> parts = NodeShape.parts(wiring.graph, sampler);
            values.forEach((input, value) -> {
                if (!set(parts, input, value)) {
                    wiring.warn(Problem.of("%s %s is not used: the template's sampler has no such input"
                                    .formatted(input, value))
                            .at("node " + sampler));
                }
            });
        }
        for (Role role : List.of(Role.FACE_DETAILER, Role.HAND_DETAILER)) {
            GraphNode detailer = wiring.role(role);
            if (detailer != null) {
                Set<GraphNode> parts = NodeShape.parts(wiring.graph, detailer);
                values(settings).forEach((input, value) -> set(parts, input, value));
            }
        }
    }

    private static Map<String, Object> values(SamplerSettings settings) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("steps", settings.steps());
        values.put("cfg", settings.cfg());
        values.put("sampler_name", settings.sampler());
        values.put("scheduler", settings.scheduler());
        return values;
    }

    /** A {@code KSamplerAdvanced} that stops early hands over to another one, which counts the same steps. */
    private static boolean isFirstStage(GraphNode sampler) {
        return sampler.input("end_at_step") instanceof JsonNumber end
                && sampler.input("steps") instanceof JsonNumber steps
                && end.asDouble() < steps.asDouble();
    }

    private void seeds() {
        Map<String, Seed> seeds = wiring.plan.seeds();
        Seed main = seeds.get(RenderPlan.SAMPLER);
        GraphNode face = wiring.role(Role.FACE_DETAILER);
        GraphNode hand = wiring.role(Role.HAND_DETAILER);
        for (GraphNode node : wiring.graph.nodes()) {
            if (node != sampler && node != face && node != hand && draws(node)) {
                seed(node, main);
            }
        }
        seed(face, seeds.getOrDefault(RenderPlan.FACE_DETAILER, main));
        seed(hand, seeds.getOrDefault(RenderPlan.HAND_DETAILER, main));
        seed(sampler, main); // last: where two of them share one noise node, the main seed counts
    }

    private static boolean draws(GraphNode node) {
        return NodeShape.samples(node) || NodeShape.refines(node);
    }

    private void seed(@Nullable GraphNode node, @Nullable Seed seed) {
        if (node != null && seed != null) {
            Set<GraphNode> parts = NodeShape.parts(wiring.graph, node);
            SEEDS.forEach(input -> set(parts, input, new JsonNumber(seed.toString())));
        }
    }

    private void size() {
        Size size = wiring.plan.size();
        GraphNode latent = size == null ? null : wiring.required(Role.LATENT, "the size");
        if (size != null && latent != null) {
            latent.set("width", size.width());
            latent.set("height", size.height());
        }
    }

    /** Sets an input in the nearest part of a sampler that has it. */
    private static boolean set(Set<GraphNode> parts, String input, Object value) {
        for (GraphNode part : parts) {
            if (part.has(input)) {
                part.set(input, value);
                return true;
            }
        }
        return false;
    }
}
