package dev.gaze.comfy.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.plan.LoraRef;
import dev.gaze.api.workflow.Link;
import dev.gaze.api.workflow.ServerFacts;
import dev.gaze.api.workflow.Workflow;
import dev.gaze.api.workflow.WorkflowNode;
import dev.gaze.api.workflow.WorkflowTemplate;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LoraChainTest {
    private static final String WITH_DEFAULTS =
            Graphs.PLAIN.replace("model=41:0 positive", "model=22:0 positive").replace("clip=41:1", "clip=22:1") + """
            20 LoraLoader lora_name=somebody.safetensors strength_model=1 strength_clip=1 model=41:0 clip=41:1
            22 LoraLoader lora_name=else.safetensors strength_model=1 strength_clip=1 model=20:0 clip=20:1
            """;

    private final ComfyWirer wirer = new ComfyWirer();
    private final WorkflowTemplate shipped = wirer.defaultTemplate();

    private Workflow wire(Plans plan) {
        return wirer.wire(shipped, plan.plan(), ServerFacts.unknown());
    }

    private Workflow wire(String graph, Plans plan) {
        return wirer.wire(
                wirer.template("mine", Graphs.of(graph), JsonObject.empty()), plan.plan(), ServerFacts.unknown());
    }

    private static void assertTakes(Workflow workflow, String node, String model, String clip) {
        WorkflowNode taking = workflow.nodes().get(node);
        if (model != null) {
            assertThat(taking.link("model")).as("model of %s", node).contains(new Link(model, 0));
        }
        if (clip != null) {
            assertThat(taking.link("clip")).as("clip of %s", node).contains(new Link(clip, 1));
        }
    }

    private static void assertConsumersTakeFrom(Workflow workflow, String loader) {
        assertTakes(workflow, "3", loader, null);
        for (String encoder : List.of("6", "7", "14", "15")) {
            assertTakes(workflow, encoder, null, loader);
            assertThat(workflow.nodes().get(encoder).input("model")).isEmpty();
        }
        assertTakes(workflow, "11", loader, loader);
        assertTakes(workflow, "13", loader, loader);
        assertThat(workflow.nodes().get("3").input("clip")).isEmpty();
        assertThat(workflow.end("MODEL")).contains(new Link(loader, 0));
        assertThat(workflow.end("CLIP")).contains(new Link(loader, 1));
    }

    @Test
    @Tag("G19")
    @Tag("G20")
    @Tag("G30")
    @Tag("G159")
    void outfit_and_style_only() {
        Workflow wired = wire(Plans.words().lora("outfit", "o.safetensors").lora("style", "s.safetensors"));
        assertTakes(wired, "17", "4", "4");
        assertTakes(wired, "19", "17", "17");
        assertConsumersTakeFrom(wired, "19");
        assertThat(wired.nodes().get("16")).isEqualTo(shipped.graph().nodes().get("16"));
        assertThat(wired.nodes().get("18")).isEqualTo(shipped.graph().nodes().get("18"));
    }

    @Test
    @Tag("G17")
    @Tag("G18")
    @Tag("G19")
    @Tag("G20")
    @Tag("G29")
    void all_four_stand_in_their_own_loaders_in_order() {
        Workflow wired = wire(Plans.words()
                .lora("character", "c.safetensors")
                .lora("outfit", "o.safetensors")
                .lora("action", "a.safetensors")
                .lora("style", "s.safetensors"));
        assertTakes(wired, "16", "4", "4");
        assertTakes(wired, "17", "16", "16");
        assertTakes(wired, "18", "17", "17");
        assertTakes(wired, "19", "18", "18");
        assertConsumersTakeFrom(wired, "19");
        assertThat(wired.nodes().get("16").text("lora_name")).contains("c.safetensors");
        assertThat(wired.nodes().get("18").text("lora_name")).contains("a.safetensors");
        assertThat(wired.nodes()).hasSameSizeAs(shipped.graph().nodes());
    }

    @Test
    @Tag("I20")
    @Tag("I43")
    void model_and_clip_have_strengths_of_their_own() {
        Workflow wired = wire(Plans.words().lora("action", new LoraRef("a.safetensors", 0.75, -1.5, "")));
        assertThat(wired.nodes().get("18").input("strength_model")).contains(new JsonNumber("0.75"));
        assertThat(wired.nodes().get("18").input("strength_clip")).contains(new JsonNumber("-1.5"));
    }

    @Test
    @Tag("I20")
    void several_in_one_slot_get_loaders_of_their_own_at_their_place_in_the_chain() {
        Workflow wired = wire(Plans.words()
                .lora("outfit", "o1.safetensors")
                .lora("outfit", "o2.safetensors")
                .lora("style", "s.safetensors"));
        WorkflowNode second = wired.nodes().get("20");
        assertThat(second.classType()).isEqualTo("LoraLoader");
        assertThat(second.title()).contains("LoRA: outfit");
        assertThat(second.text("lora_name")).contains("o2.safetensors");
        assertTakes(wired, "17", "4", "4");
        assertTakes(wired, "20", "17", "17");
        assertTakes(wired, "19", "20", "20");
        assertConsumersTakeFrom(wired, "19");
    }

    @Test
    void a_slot_of_a_plugin_gets_a_loader_where_the_plan_puts_it() {
        Workflow wired = wire(Plans.words()
                .lora("character", "c.safetensors")
                .lora("pose", "p.safetensors")
                .lora("action", "a.safetensors"));
        assertTakes(wired, "20", "16", "16");
        assertTakes(wired, "18", "20", "20");
        assertConsumersTakeFrom(wired, "18");
    }

    @Test
    void a_graph_without_loaders_gets_them_behind_its_checkpoint() {
        Workflow wired = wire(
                Graphs.PLAIN + "92 FreeU_V2 model=41:0 b1=1\n".replace("92", "93"),
                Plans.words().lora("outfit", "o.safetensors").lora("style", "s.safetensors"));
        assertTakes(wired, "94", "41", "41");
        assertTakes(wired, "95", "94", "94");
        assertTakes(wired, "31", "95", null);
        assertTakes(wired, "61", null, "95");
        assertTakes(wired, "71", null, "95");
        assertTakes(wired, "93", "95", null);
    }

    @Test
    void default_loras_of_a_template_never_draw_somebody_else() {
        Workflow bare = wire(WITH_DEFAULTS, Plans.words());
        assertTakes(bare, "31", "41", null);
        assertTakes(bare, "61", null, "41");
        assertThat(bare.nodes()).doesNotContainKeys("20", "22");
        Workflow wired = wire(WITH_DEFAULTS, Plans.words().lora("character", "c.safetensors"));
        assertTakes(wired, "92", "41", "41");
        assertTakes(wired, "31", "92", null);
        assertThat(wired.toString()).doesNotContain("somebody", "else.safetensors");
    }

    @Test
    void a_loader_of_the_user_s_that_serves_a_slot_is_used_and_one_that_serves_none_is_passed_by() {
        String graph = WITH_DEFAULTS.replace("22 LoraLoader", "22 LoraLoader 'LoRA: outfit'");
        Workflow wired =
                wire(graph, Plans.words().lora("character", "c.safetensors").lora("outfit", "o.safetensors"));
        assertTakes(wired, "92", "41", "41");
        assertTakes(wired, "22", "92", "92");
        assertTakes(wired, "31", "22", null);
        assertTakes(wired, "71", null, "22");
        assertThat(wired.node("20")).isEmpty();
    }

    @Test
    void an_unused_slot_loader_never_points_at_a_removed_one() {
        String graph = WITH_DEFAULTS.replace("22 LoraLoader", "22 LoraLoader 'LoRA: outfit'");
        Workflow wired = wire(graph, Plans.words());
        assertThat(wired.node("20")).isEmpty();
        assertTakes(wired, "22", "41", "41");
        assertThat(wirer.check(wired, Plans.words().plan(), ServerFacts.unknown()))
                .isEmpty();
    }

    @Test
    void what_stands_between_two_loaders_keeps_its_place() {
        String graph = WITH_DEFAULTS.replace("model=20:0 clip=20:1", "model=21:0 clip=24:0") + """
                21 FreeU_V2 model=20:0 b1=1
                24 CLIPSetLastLayer clip=20:1 stop_at_clip_layer=-2
                """;
        Workflow wired = wire(graph, Plans.words().lora("outfit", "o.safetensors"));
        assertTakes(wired, "92", "41", "41");
        assertTakes(wired, "21", "92", null);
        assertTakes(wired, "31", "21", null);
        assertThat(wired.nodes().get("24").link("clip")).contains(new Link("92", 1));
        assertThat(wired.nodes().get("61").link("clip")).contains(new Link("24", 0));
        assertThat(wired.end("MODEL")).contains(new Link("92", 0));
    }

    @Test
    void a_branch_that_left_out_the_loaders_stays_without_unless_it_plays_a_role() {
        String graph = WITH_DEFAULTS + """
                100 UltralyticsDetectorProvider model_name=bbox/face.pt
                101 FaceDetailer image=81:0 model=41:0 clip=41:1 vae=41:2 seed=1 positive=61:0 negative=71:0 \
                bbox_detector=100:0
                102 CompareModels model=41:0
                """;
        Workflow wired = wire(graph, Plans.words().lora("outfit", "o.safetensors"));
        assertTakes(wired, "101", "103", "103");
        assertTakes(wired, "102", "41", null);
    }

    @Test
    void a_loader_for_the_model_alone_leaves_the_clip_line_alone() {
        String graph = Graphs.PLAIN.replace("model=41:0 positive", "model=22:0 positive")
                + "22 LoraLoaderModelOnly 'LoRA: style' lora_name=x strength_model=1 model=41:0";
        Workflow wired = wire(graph, Plans.words().lora("style", new LoraRef("s.safetensors", 0.5, 0.9, "")));
        assertTakes(wired, "22", "41", null);
        assertTakes(wired, "31", "22", null);
        assertTakes(wired, "61", null, "41");
        assertThat(wired.nodes().get("22").input("strength_clip")).isEmpty();
        Workflow two = wire(graph, Plans.words().lora("outfit", "o.safetensors").lora("style", "s.safetensors"));
        assertTakes(two, "92", "41", "41");
        assertTakes(two, "22", "92", null);
        assertTakes(two, "61", null, "92");
    }

    @Test
    void the_loaders_of_a_refiner_are_passed_by_too() {
        String graph = WITH_DEFAULTS + """
                100 CheckpointLoaderSimple ckpt_name=refiner.safetensors
                101 LoraLoader lora_name=third.safetensors strength_model=1 strength_clip=1 model=100:0 clip=100:1
                102 CLIPTextEncode text=x clip=101:1
                103 KSampler seed=1 model=101:0 positive=102:0 negative=71:0 latent_image=31:0
                """;
        Workflow wired = wire(graph, Plans.words().lora("outfit", "o.safetensors"));
        assertTakes(wired, "103", "100", null);
        assertTakes(wired, "102", null, "100");
        assertThat(wired.node("101")).isEmpty();
    }

    @Test
    void a_loader_others_take_more_from_stays() {
        String graph = WITH_DEFAULTS + "23 ShowText text=22:2";
        assertThat(wire(graph, Plans.words()).nodes()).containsKey("22").doesNotContainKey("20");
    }
}
