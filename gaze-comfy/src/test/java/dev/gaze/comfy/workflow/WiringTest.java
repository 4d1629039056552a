package dev.gaze.comfy.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.plan.RenderPlan;
import dev.gaze.api.plan.SamplerSettings;
import dev.gaze.api.plan.Size;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.prompt.Prompt;
import dev.gaze.api.workflow.Link;
import dev.gaze.api.workflow.Role;
import dev.gaze.api.workflow.ServerFacts;
import dev.gaze.api.workflow.Workflow;
import dev.gaze.api.workflow.WorkflowNode;
import dev.gaze.api.workflow.WorkflowPatch;
import dev.gaze.api.workflow.WorkflowTemplate;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WiringTest {
    private final ComfyWirer wirer = new ComfyWirer();

    private WorkflowTemplate own(String graph, Object... roles) {
        return wirer.template("mine", Graphs.of(graph), JsonObject.of(roles));
    }

    private Workflow wire(String graph, Plans plan) {
        return wirer.wire(own(graph), plan.plan(), ServerFacts.unknown());
    }

    private Workflow wire(Plans plan) {
        return wirer.wire(wirer.defaultTemplate(), plan.plan(), ServerFacts.unknown());
    }

    private static JsonValue input(Workflow workflow, String node, String input) {
        return workflow.nodes().get(node).input(input).orElseThrow();
    }

    private static JsonText text(String text) {
        return new JsonText(text);
    }

    @Test
    @Tag("G12")
    @Tag("G26")
    @Tag("G32")
    @Tag("G33")
    void everything_a_plan_says_is_put_into_its_node() {
        Workflow wired = wire(Plans.full());
        assertThat(input(wired, "6", "text")).isEqualTo(text("masterpiece, 1girl, red hair"));
        assertThat(input(wired, "7", "text")).isEqualTo(text("blurry, extra digits"));
        assertThat(input(wired, "14", "text")).isEqualTo(text("red hair, green eyes"));
        assertThat(input(wired, "15", "text")).isEqualTo(text("slender fingers"));
        assertThat(input(wired, "4", "ckpt_name")).isEqualTo(text(Plans.CHECKPOINT));
        assertThat(input(wired, "5", "width")).isEqualTo(new JsonNumber("768"));
        assertThat(input(wired, "5", "height")).isEqualTo(new JsonNumber("1024"));
        assertThat(input(wired, "5", "batch_size")).isEqualTo(new JsonNumber("1"));
        assertThat(input(wired, "9", "filename_prefix")).isEqualTo(text("gaze/2026-11-20/job/gen"));
        for (String drawing : List.of("3", "11", "13")) {
            assertThat(input(wired, drawing, "steps")).isEqualTo(new JsonNumber("30"));
            assertThat(input(wired, drawing, "cfg")).isEqualTo(new JsonNumber("6.5"));
            assertThat(input(wired, drawing, "sampler_name")).isEqualTo(text("dpmpp_2m"));
            assertThat(input(wired, drawing, "scheduler")).isEqualTo(text("karras"));
        }
        assertThat(input(wired, "11", "denoise")).isEqualTo(new JsonNumber("0.4"));
    }

    @Test
    @Tag("I21")
    void names_of_samplers_and_schedulers_are_the_server_s_own_and_pass_through() {
        Workflow wired = wire(Plans.full().sampler(new SamplerSettings(20, 5, "res_multistep", "kl_optimal")));
        for (String drawing : List.of("3", "11", "13")) {
            assertThat(input(wired, drawing, "sampler_name")).isEqualTo(text("res_multistep"));
            assertThat(input(wired, drawing, "scheduler")).isEqualTo(text("kl_optimal"));
        }
    }

    @Test
    @Tag("G27")
    void wiring_works_on_a_copy() {
        WorkflowTemplate template = wirer.defaultTemplate();
        String before = template.toString();
        wirer.wire(template, Plans.full().lora("outfit", "a.safetensors").plan(), ServerFacts.unknown());
        wirer.wire(
                template,
                Plans.full().leaveOut().plan(),
                Servers.complete().without("FaceDetailer").facts());
        assertThat(template.toString()).isEqualTo(before);
    }

    @Test
    void what_the_plan_leaves_open_stays_as_the_template_has_it() {
        WorkflowTemplate template = own(Graphs.PLAIN);
        Workflow wired = wirer.wire(template, Plans.words().plan(), ServerFacts.unknown());
        for (String untouched : List.of("31", "41", "51", "81", "91")) {
            assertThat(wired.nodes().get(untouched))
                    .isEqualTo(template.graph().nodes().get(untouched));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {0, 1, Long.MAX_VALUE, Long.MIN_VALUE, -1})
    @Tag("G31")
    void seeds_are_unsigned_numbers(long bits) {
        Workflow wired = wire(Plans.words().seeds(bits, 5, 6));
        assertThat(input(wired, "3", "seed")).isEqualTo(new JsonNumber(Long.toUnsignedString(bits)));
        assertThat(input(wired, "11", "seed")).isEqualTo(new JsonNumber("5"));
        assertThat(input(wired, "13", "seed")).isEqualTo(new JsonNumber("6"));
    }

    @Test
    @Tag("G31")
    void every_other_sampler_of_a_graph_gets_the_main_seed() {
        Workflow wired = wire(Graphs.PLAIN + """
                        32 KSamplerAdvanced noise_seed=9 steps=20 cfg=8 sampler_name=euler scheduler=normal \
                        model=41:0 positive=61:0 negative=71:0 latent_image=31:0 start_at_step=10 end_at_step=10000
                        33 Wildcards seed=9 text=x
                        34 UltimateUpscale image=81:0 model=41:0 positive=61:0 negative=71:0 vae=41:2 seed=35:0
                        35 SeedBox seed=9
                        """, Plans.words().seeds(77, 5, 6));
        assertThat(input(wired, "31", "seed")).isEqualTo(new JsonNumber("77"));
        assertThat(input(wired, "32", "noise_seed")).isEqualTo(new JsonNumber("77"));
        assertThat(input(wired, "34", "seed")).isEqualTo(new JsonNumber("77"));
        assertThat(input(wired, "33", "seed")).isEqualTo(new JsonNumber("9"));
        assertThat(input(wired, "35", "seed")).isEqualTo(new JsonNumber("9"));
    }

    @Test
    void settings_of_a_guided_sampler_go_where_it_keeps_them() {
        Workflow wired = wire("""
                1 UNETLoader unet_name=flux/dev.safetensors weight_dtype=default
                2 CLIPLoader clip_name=t5.safetensors type=flux
                4 CLIPTextEncode text=words clip=2:0
                6 BasicGuider model=1:0 conditioning=4:0
                7 RandomNoise noise_seed=5
                8 KSamplerSelect sampler_name=euler
                9 BasicScheduler model=1:0 scheduler=simple steps=20 denoise=1
                10 EmptySD3LatentImage width=1024 height=1024 batch_size=1
                11 SamplerCustomAdvanced noise=7:0 guider=6:0 sampler=8:0 sigmas=9:0 latent_image=10:0
                """, Plans.full().lora("style", "a.safetensors"));
        assertThat(input(wired, "7", "noise_seed")).isEqualTo(new JsonNumber("1"));
        assertThat(input(wired, "8", "sampler_name")).isEqualTo(text("dpmpp_2m"));
        assertThat(input(wired, "9", "steps")).isEqualTo(new JsonNumber("30"));
        assertThat(input(wired, "9", "scheduler")).isEqualTo(text("karras"));
        assertThat(input(wired, "1", "unet_name")).isEqualTo(text(Plans.CHECKPOINT));
        assertThat(wired.nodes().get("6").link("model")).contains(new Link("12", 0));
        assertThat(wired.nodes().get("9").link("model")).contains(new Link("12", 0));
        assertThat(wired.nodes().get("4").link("clip")).contains(new Link("12", 1));
        assertThat(wired.warnings()).extracting(Object::toString).anyMatch(warning -> warning.contains("cfg 6.5"));
        assertThat(wired.warnings())
                .extracting(Object::toString)
                .anyMatch(warning -> warning.contains("no negative encoder"));
    }

    @Test
    void steps_that_two_samplers_share_out_stay_the_template_s() {
        Workflow wired = wire(
                Graphs.PLAIN.replace(
                        "31 KSampler seed=7 steps=20", "31 KSamplerAdvanced noise_seed=7 steps=20 end_at_step=15"),
                Plans.full());
        assertThat(input(wired, "31", "steps")).isEqualTo(new JsonNumber("20"));
        assertThat(input(wired, "31", "cfg")).isEqualTo(new JsonNumber("6.5"));
        assertThat(input(wired, "31", "noise_seed")).isEqualTo(new JsonNumber("1"));
        assertThat(wired.nodes().get("31").input("seed")).isEmpty();
        assertThat(wired.warnings()).singleElement().asString().contains("own steps stay");
    }

    @Test
    void a_value_linked_from_elsewhere_is_replaced_where_it_is_used() {
        Workflow wired = wire(
                Graphs.PLAIN.replace("width=512", "width=99:0") + "99 PrimitiveInt value=512",
                Plans.words().size(new Size(640, 960)));
        assertThat(input(wired, "51", "width")).isEqualTo(new JsonNumber("640"));
        assertThat(input(wired, "99", "value")).isEqualTo(new JsonNumber("512"));
    }

    @Test
    @Tag("G28")
    void placeholders_are_filled_wherever_they_stand_and_the_text_around_them_stays() {
        Workflow wired = wire(Graphs.PLAIN.replace("a cat", "{{POSITIVE_PROMPT}}") + """
                        100 FaceDetailer image=81:0 model=41:0 clip=41:1 vae=41:2 seed=1 positive=61:0 negative=71:0 \
                        wildcard="big {{FACE_PROMPT}}, {{HAND_PROMPT}}!"
                        101 Note text="{{POSITIVE_PROMPT}} {{OTHER}} {{ {{NEGATIVE_PROMPT}}"
                        """, Plans.words());
        assertThat(input(wired, "61", "text")).isEqualTo(text("masterpiece, 1girl, red hair"));
        assertThat(input(wired, "100", "wildcard")).isEqualTo(text("big red hair, green eyes, slender fingers!"));
        assertThat(input(wired, "101", "text")).isEqualTo(text("1girl, red hair {{OTHER}} {{ blurry, extra digits"));
    }

    @Test
    @Tag("G28")
    void a_blank_face_or_hand_is_sent_as_main() {
        Workflow wired = wire(
                Plans.words().prompt(new Prompt("main words", " ", "", "base, main words", "", List.of(), List.of())));
        assertThat(input(wired, "14", "text")).isEqualTo(text("main words"));
        assertThat(input(wired, "15", "text")).isEqualTo(text("main words"));
    }

    @Test
    @Tag("G28")
    void words_that_look_like_placeholders_are_words() {
        Workflow wired = wire(Plans.words()
                .prompt(new Prompt(
                        "m", "f {{HAND_PROMPT}}", "h", "p {{FACE_PROMPT}}", "n {{x}}", List.of(), List.of())));
        assertThat(input(wired, "6", "text")).isEqualTo(text("p {{FACE_PROMPT}}"));
        assertThat(input(wired, "7", "text")).isEqualTo(text("n {{x}}"));
        assertThat(input(wired, "14", "text")).isEqualTo(text("f {{HAND_PROMPT}}"));
    }

    @Test
    @Tag("G29")
    @Tag("G33")
    void the_template_s_own_words_are_told_to_composition_and_the_finished_text_replaces_them() {
        WorkflowTemplate template = own(Graphs.PLAIN.replace("a cat", "ink, {{POSITIVE_PROMPT}}, wind"));
        assertThat(template.texts().positive()).isEqualTo("ink, {{POSITIVE_PROMPT}}, wind");
        assertThat(template.texts().negative()).isEqualTo("a dog");
        Workflow wired = wirer.wire(template, Plans.words().plan(), ServerFacts.unknown());
        assertThat(input(wired, "61", "text")).isEqualTo(text("masterpiece, 1girl, red hair"));
        assertThat(input(wired, "71", "text")).isEqualTo(text("blurry, extra digits"));
    }

    @Test
    void an_sdxl_encoder_gets_the_words_in_both_of_its_texts() {
        String sdxl = Graphs.PLAIN.replace(
                "61 CLIPTextEncode text=\"a cat\"", "61 CLIPTextEncodeSDXL text_g=\"a cat\" text_l=\"a pet\"");
        Workflow replaced = wire(sdxl, Plans.words());
        assertThat(input(replaced, "61", "text_g")).isEqualTo(text("masterpiece, 1girl, red hair"));
        assertThat(input(replaced, "61", "text_l")).isEqualTo(text("masterpiece, 1girl, red hair"));
        Workflow marked = wire(sdxl.replace("a pet", "{{POSITIVE_PROMPT}}"), Plans.words());
        assertThat(input(marked, "61", "text_l")).isEqualTo(text("masterpiece, 1girl, red hair"));
        assertThat(input(marked, "61", "text_g")).as("the user's own").isEqualTo(text("a cat"));
    }

    @Test
    void words_go_into_the_text_node_an_encoder_is_linked_to() {
        String linked = Graphs.PLAIN.replace("text=\"a cat\"", "text=62:0");
        Workflow wired = wire(linked + "62 PrimitiveStringMultiline value=\"a cat\"", Plans.words());
        assertThat(input(wired, "62", "value")).isEqualTo(text("masterpiece, 1girl, red hair"));
        assertThat(wired.nodes().get("61").link("text")).contains(new Link("62", 0));
        Workflow joined = wire(linked + """
                        62 StringConcatenate string_a=63:0 string_b=" wind"
                        63 PrimitiveString value="a cat"
                        """, Plans.words());
        assertThat(input(joined, "61", "text"))
                .as("a text joined from several is replaced as a whole")
                .isEqualTo(text("masterpiece, 1girl, red hair"));
    }

    @Test
    void face_words_replace_the_example_in_a_face_encoder_without_a_placeholder() {
        Workflow wired = wire(Graphs.PLAIN + """
                        100 UltralyticsDetectorProvider model_name=bbox/face.pt
                        101 CLIPTextEncode text="some face" clip=41:1
                        102 FaceDetailer image=81:0 model=41:0 clip=41:1 vae=41:2 seed=1 positive=101:0 \
                        negative=71:0 bbox_detector=100:0
                        """, Plans.words());
        assertThat(input(wired, "101", "text")).isEqualTo(text("red hair, green eyes"));
    }

    @Test
    @Tag("G32")
    void an_integrated_vae_is_the_third_output_of_the_checkpoint() {
        Workflow wired = wire(
                Graphs.PLAIN.replace("vae=41:2", "vae=42:0") + "42 VAELoader vae_name=own.safetensors",
                Plans.words().vae("integrated"));
        assertThat(wired.nodes().get("81").link("vae")).contains(new Link("41", 2));
        assertThat(wired.end("VAE")).contains(new Link("41", 2));
        assertThat(wired.node("42")).as("nobody takes from it any more").isEmpty();
        assertThat(wired.role(Role.VAE)).isEmpty();
    }

    @Test
    @Tag("G32")
    void a_vae_file_gets_a_loader_that_feeds_decode_and_detailers() {
        Workflow wired = wire(Plans.full().vae("anime.safetensors"));
        WorkflowNode loader = wired.role(Role.VAE).orElseThrow();
        assertThat(loader.id()).isEqualTo("20");
        assertThat(loader.classType()).isEqualTo("VAELoader");
        assertThat(loader.text("vae_name")).contains("anime.safetensors");
        for (String consumer : List.of("8", "11", "13")) {
            assertThat(wired.nodes().get(consumer).link("vae")).contains(new Link("20", 0));
        }
        assertThat(wired.end("VAE")).contains(new Link("20", 0));
    }

    @Test
    @Tag("G32")
    void a_template_s_own_vae_loader_is_used_for_a_vae_file() {
        Workflow wired = wire(
                Graphs.PLAIN.replace("vae=41:2", "vae=42:0") + "42 VAELoader vae_name=own.safetensors",
                Plans.words().vae("anime.safetensors"));
        assertThat(input(wired, "42", "vae_name")).isEqualTo(text("anime.safetensors"));
        assertThat(wired.nodes().get("81").link("vae")).contains(new Link("42", 0));
    }

    @Test
    void a_second_save_keeps_to_the_job_s_folder() {
        Workflow wired = wire(
                Graphs.PLAIN + "92 SaveImage images=81:0 filename_prefix=draft\n93 ImageInvert image=81:0\n"
                        + "94 SaveImage 'Save final' images=93:0 filename_prefix=x",
                Plans.words().prefix("gaze/d/j"));
        assertThat(wired.roles()).containsEntry(Role.SAVE, "94");
        assertThat(input(wired, "94", "filename_prefix")).isEqualTo(text("gaze/d/j"));
        assertThat(input(wired, "92", "filename_prefix")).isEqualTo(text("gaze/d/j_92"));
    }

    @Test
    void every_role_a_plan_needs_and_a_template_lacks_is_reported_at_once() {
        assertThatThrownBy(() -> wire("1 LoadImage image=x.png", Plans.full().lora("outfit", "a.safetensors")))
                .asInstanceOf(type(GazeException.class))
                .satisfies(refused -> assertThat(refused.problems())
                        .extracting(problem -> problem.what())
                        .anyMatch(what -> what.contains("no positive node, which the prompt needs"))
                        .anyMatch(what -> what.contains("no checkpoint node"))
                        .anyMatch(what -> what.contains("no latent node, which the size needs"))
                        .anyMatch(what -> what.contains("no sampler node, which sampling needs"))
                        .anyMatch(what -> what.contains("no place for LoRA 'a.safetensors'")));
    }

    @Test
    void a_patch_puts_an_upscale_pass_between_the_last_image_and_the_save() {
        record Upscale() implements WorkflowPatch {
            @Override
            public String id() {
                return "test.upscale";
            }

            @Override
            public Workflow apply(Workflow workflow, RenderPlan plan) {
                Link image = workflow.end("IMAGE").orElseThrow();
                String loader = workflow.freshId();
                Workflow with = workflow.with(WorkflowNode.of(
                        loader, "UpscaleModelLoader", "Upscale model", JsonObject.of("model_name", "4x.pth")));
                String upscale = with.freshId();
                return with.relink(image, new Link(upscale, 0))
                        .with(WorkflowNode.of(
                                upscale,
                                "ImageUpscaleWithModel",
                                "Upscale",
                                JsonObject.of("upscale_model", new Link(loader, 0).json(), "image", image.json())));
            }
        }
        ServerFacts facts = Servers.complete().facts();
        RenderPlan plan = Plans.full().plan();
        Workflow patched = new Upscale().apply(wirer.wire(wirer.defaultTemplate(), plan, facts), plan);
        assertThat(patched.role(Role.SAVE).orElseThrow().link("images")).contains(new Link("21", 0));
        assertThat(patched.nodes().get("21").link("image")).contains(new Link("13", 0));
        assertThat(patched.end("IMAGE")).contains(new Link("21", 0));
        assertThat(wirer.check(patched, plan, facts)).isEmpty();
    }
}
