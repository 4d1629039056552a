package dev.gaze.comfy.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.plan.LoraRef;
import dev.gaze.api.plan.PlannedLora;
import dev.gaze.api.plan.SamplerSettings;
import dev.gaze.api.plan.Size;
import dev.gaze.api.workflow.Link;
import dev.gaze.api.workflow.Role;
import dev.gaze.api.workflow.ServerFacts;
import dev.gaze.api.workflow.Workflow;
import dev.gaze.api.workflow.WorkflowNode;
import dev.gaze.api.workflow.WorkflowTemplate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every plan, tried with random ones. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WirerPropertiesTest {
    private static final List<String> SLOTS = List.of("character", "outfit", "pose", "action", "style");
    private static final List<String> FILES = List.of(
            "Illustrious/Looks/mira.safetensors",
            "Illustrious/Clothing/raincoat.safetensors",
            "Illustrious/Poses/sitting.safetensors",
            "Illustrious/Styles/ink.safetensors",
            "Illustrious/Styles/glow.safetensors",
            "Illustrious/Detailers/eyes.safetensors");

    private final ComfyWirer wirer = new ComfyWirer();

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    /** A chain as SLOTS gives it (at most one a slot) or, every other time, as STACK_ALL does. */
    private static Plans randomPlan(Random random) {
        Plans plan = Plans.full()
                .seeds(random.nextLong(), random.nextLong(), random.nextLong())
                .size(new Size(64 + 8 * random.nextInt(200), 64 + 8 * random.nextInt(200)))
                .sampler(new SamplerSettings(1 + random.nextInt(150), random.nextInt(31), "euler", "karras"))
                .vae(random.nextBoolean() ? "integrated" : "anime.safetensors");
        boolean stack = random.nextBoolean();
        for (String slot : SLOTS) {
            int count = stack ? random.nextInt(4) : random.nextInt(2);
            for (int i = 0; i < count; i++) {
                plan = plan.lora(
                        slot,
                        new LoraRef(
                                FILES.get(random.nextInt(FILES.size())),
                                random.nextInt(-100, 101) / 50.0,
                                random.nextInt(-100, 101) / 50.0,
                                ""));
            }
        }
        return plan;
    }

    /** The shipped graph, with its nodes in another order and some of its loaders gone. */
    private WorkflowTemplate randomTemplate(Random random) {
        Workflow graph = wirer.defaultTemplate().graph();
        String before = "4";
        for (String loader : List.of("16", "17", "18", "19")) {
            if (random.nextInt(3) == 0) {
                graph = graph.relink(new Link(loader, 0), new Link(before, 0))
                        .relink(new Link(loader, 1), new Link(before, 1))
                        .without(loader);
            } else {
                before = loader;
            }
        }
        List<WorkflowNode> nodes = new ArrayList<>(graph.nodes().values());
        Collections.shuffle(nodes, random);
        JsonObject shuffled = JsonObject.empty();
        for (WorkflowNode node : nodes) {
            shuffled = shuffled.with(node.id(), node.json());
        }
        return wirer.template("shuffled", shuffled, JsonObject.empty());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @Tag("G19")
    @Tag("G20")
    @Tag("G30")
    @Tag("G159")
    void the_chain_is_the_plan_s_and_everybody_stands_behind_it(long seed) {
        Random random = new Random(seed);
        WorkflowTemplate template = randomTemplate(random);
        Plans plan = randomPlan(random);
        Workflow wired = wirer.wire(template, plan.plan(), ServerFacts.unknown());

        assertThat(chain(wired, "model", 0, wired.end("MODEL").orElseThrow())).isEqualTo(describe(plan.loras()));
        assertThat(chain(wired, "clip", 1, wired.end("CLIP").orElseThrow())).isEqualTo(describe(plan.loras()));
        for (Role role : List.of(Role.SAMPLER, Role.FACE_DETAILER, Role.HAND_DETAILER)) {
            assertThat(wired.role(role).orElseThrow().link("model")).isEqualTo(wired.end("MODEL"));
        }
        for (Role role : List.of(
                Role.POSITIVE,
                Role.NEGATIVE,
                Role.FACE_PROMPT,
                Role.HAND_PROMPT,
                Role.FACE_DETAILER,
                Role.HAND_DETAILER)) {
            assertThat(wired.role(role).orElseThrow().link("clip")).isEqualTo(wired.end("CLIP"));
        }
        template.loraLoaders().forEach((id, slot) -> {
            if (plan.loras().stream().noneMatch(lora -> lora.slot().equals(slot))) {
                assertThat(wired.nodes().get(id))
                        .isEqualTo(template.graph().nodes().get(id));
            }
        });
    }

    /** The LoRAs on the way up from an end, first applied first. */
    private static List<String> chain(Workflow workflow, String input, int output, Link end) {
        List<String> chain = new ArrayList<>();
        for (Link link = end; !link.node().equals("4"); ) {
            assertThat(link.output()).isEqualTo(output);
            WorkflowNode loader = workflow.nodes().get(link.node());
            chain.add(
                    0,
                    loader.text("lora_name").orElseThrow() + " "
                            + loader.input("strength_model").orElseThrow() + " "
                            + loader.input("strength_clip").orElseThrow());
            link = loader.link(input).orElseThrow();
        }
        return chain;
    }

    private static List<String> describe(List<PlannedLora> loras) {
        return loras.stream()
                .map(PlannedLora::lora)
                .map(lora -> lora.file() + " "
                        + JsonNumber.of(lora.modelStrength()) + " "
                        + JsonNumber.of(lora.clipStrength()))
                .toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @Tag("G27")
    void the_same_plan_gives_the_same_bytes_and_the_template_stays_as_it_was(long seed) {
        Random random = new Random(seed);
        WorkflowTemplate template = randomTemplate(random);
        Plans plan = randomPlan(random);
        ServerFacts facts = random.nextBoolean() ? Servers.complete().facts() : ServerFacts.unknown();
        WorkflowTemplate before = wirer.template("shuffled", template.graph().json(), JsonObject.empty());
        byte[] first = Json.compact(wirer.wire(template, plan.plan(), facts).json());
        assertThat(Json.compact(wirer.wire(template, plan.plan(), facts).json()))
                .isEqualTo(first);
        assertThat(template).isEqualTo(before);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void what_is_wired_passes_the_server_s_checks(long seed) {
        Random random = new Random(seed);
        Servers server = Servers.complete();
        if (random.nextInt(4) == 0) {
            server = server.without(random.nextBoolean() ? "FaceDetailer" : "UltralyticsDetectorProvider");
        }
        Plans plan = randomPlan(random);
        Workflow wired = wirer.wire(randomTemplate(random), plan.plan(), server.facts());
        assertThat(wirer.check(wired, plan.plan(), server.facts())).isEmpty();
        assertThat(wirer.check(wired, plan.plan(), ServerFacts.unknown())).isEmpty();
        wired.ends().values().forEach(end -> assertThat(wired.nodes()).containsKey(end.node()));
        wired.roles().values().forEach(id -> assertThat(wired.nodes()).containsKey(id));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_wired_graph_is_a_template_again_that_wires_to_itself(long seed) {
        Random random = new Random(seed);
        Plans plan = randomPlan(random);
        Workflow wired = wirer.wire(wirer.defaultTemplate(), plan.plan(), ServerFacts.unknown());
        WorkflowTemplate again = wirer.template("again", wired.json(), JsonObject.empty());
        assertThat(wirer.wire(again, plan.plan(), ServerFacts.unknown()).json()).isEqualTo(wired.json());
    }
}
