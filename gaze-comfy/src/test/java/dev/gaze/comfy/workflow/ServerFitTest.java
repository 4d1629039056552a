package dev.gaze.comfy.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.plan.CheckpointSettings;
import dev.gaze.api.plan.SamplerSettings;
import dev.gaze.api.plan.Size;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.workflow.Link;
import dev.gaze.api.workflow.Role;
import dev.gaze.api.workflow.ServerFacts;
import dev.gaze.api.workflow.Workflow;
import dev.gaze.api.workflow.WorkflowTemplate;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wiring for a server whose nodes and files are known. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ServerFitTest {
    private static final String MIRA = "Illustrious/Looks/mira.safetensors";

    private final ComfyWirer wirer = new ComfyWirer();
    private final Servers server = Servers.complete();

    private Workflow wire(Plans plan, Servers server) {
        Workflow wired = wirer.wire(wirer.defaultTemplate(), plan.plan(), server.facts());
        assertThat(wirer.check(wired, plan.plan(), server.facts())).isEmpty();
        return wired;
    }

    private List<Problem> refused(Plans plan, Servers server) {
        GazeException refused = catchThrowableOfType(
                GazeException.class, () -> wirer.wire(wirer.defaultTemplate(), plan.plan(), server.facts()));
        assertThat(refused).as("was accepted").isNotNull();
        return refused.problems();
    }

    private static List<String> warnings(Workflow workflow) {
        return workflow.warnings().stream().map(Problem::toString).toList();
    }

    @Test
    void a_server_that_has_everything_changes_nothing() {
        Workflow wired = wire(Plans.full().lora("character", MIRA), server);
        assertThat(wired.warnings()).isEmpty();
        assertThat(wired.roles()).isEqualTo(wirer.defaultTemplate().graph().roles());
        assertThat(wired.nodes()).hasSize(17);
    }

    @Test
    void a_server_without_a_hand_detector_draws_without_the_hand_pass_and_says_so() {
        Workflow wired =
                wire(Plans.full(), server.with("UltralyticsDetectorProvider", "model_name", "bbox/face_yolov8m.pt"));
        assertThat(wired.nodes()).containsKeys("10", "11", "14").doesNotContainKeys("12", "13", "15");
        assertThat(wired.roles()).doesNotContainKeys(Role.HAND_DETAILER, Role.HAND_PROMPT);
        assertThat(wired.nodes().get("9").link("images")).contains(new Link("11", 0));
        assertThat(wired.end("IMAGE")).contains(new Link("11", 0));
        assertThat(warnings(wired))
                .singleElement()
                .asString()
                .contains("hand pass is left out", "bbox/hand_yolov8s.pt", "12 UltralyticsDetectorProvider");
    }

    @ParameterizedTest(name = "without {0}")
    @ValueSource(strings = {"FaceDetailer", "UltralyticsDetectorProvider"})
    void a_server_without_the_detailer_nodes_draws_without_both_passes(String missing) {
        Workflow wired = wire(Plans.full().vae("anime.safetensors"), server.without(missing));
        assertThat(wired.nodes().keySet())
                .containsExactly("3", "4", "5", "6", "7", "8", "9", "16", "17", "18", "19", "20");
        assertThat(wired.nodes().get("9").link("images")).contains(new Link("8", 0));
        assertThat(warnings(wired)).hasSize(2).allMatch(warning -> warning.contains("'" + missing + "'"));
        assertThat(warnings(wired).get(0)).contains("face pass is left out").contains("Impact");
    }

    @Test
    void another_detector_for_the_same_part_stands_in() {
        Workflow wired = wire(
                Plans.full(),
                server.with("UltralyticsDetectorProvider", "model_name", "segm/Face-v2.pt", "bbox/hand_yolov8s.pt"));
        assertThat(wired.nodes().get("10").text("model_name")).contains("segm/Face-v2.pt");
        assertThat(warnings(wired)).singleElement().asString().contains("uses 'segm/Face-v2.pt'");
    }

    @Test
    void a_missing_optional_helper_of_a_pass_costs_the_helper_and_not_the_pass() {
        JsonObject graph = wirer.defaultTemplate().graph().json();
        graph = graph.with(List.of("11", "inputs", "sam_model_opt"), new Link("30", 0).json())
                .with(
                        "30",
                        JsonObject.of(
                                "class_type",
                                "SAMLoader",
                                "inputs",
                                JsonObject.of("model_name", "sam.pth", "device_mode", "AUTO")));
        WorkflowTemplate template = wirer.template("mine", graph, JsonObject.empty());
        for (Servers lacking : List.of(server.without("SAMLoader"), server)) {
            Workflow wired = wirer.wire(template, Plans.full().plan(), lacking.facts());
            assertThat(wired.nodes()).containsKey("11").doesNotContainKey("30");
            assertThat(wired.nodes().get("11").input("sam_model_opt")).isEmpty();
            assertThat(warnings(wired)).singleElement().asString().contains("face pass goes without sam_model_opt");
            assertThat(wirer.check(wired, Plans.full().plan(), lacking.facts())).isEmpty();
        }
    }

    @Test
    void what_lives_on_a_pass_goes_with_it() {
        JsonObject graph = wirer.defaultTemplate()
                .graph()
                .json()
                .with(
                        "40",
                        JsonObject.of(
                                "class_type",
                                "PreviewImage",
                                "inputs",
                                JsonObject.of("images", JsonArray.of("11", 1))));
        Workflow wired = wirer.wire(
                wirer.template("mine", graph, JsonObject.empty()),
                Plans.full().plan(),
                server.without("FaceDetailer").facts());
        assertThat(wired.nodes()).doesNotContainKeys("11", "40");
    }

    @Test
    void a_pass_that_builds_on_another_goes_with_it() {
        JsonObject graph = wirer.defaultTemplate().graph().json();
        graph = graph.with(
                "13",
                JsonObject.of(
                        "class_type",
                        "FaceDetailerPipe",
                        "_meta",
                        JsonObject.of("title", "Hand detailer"),
                        "inputs",
                        JsonObject.of(
                                "image", JsonArray.of("11", 0), "detailer_pipe", JsonArray.of("11", 4), "seed", 0)));
        WorkflowTemplate template = wirer.template("mine", graph, JsonObject.empty());
        assertThat(template.graph().roles()).containsEntry(Role.HAND_DETAILER, "13");
        Servers lacking = server.without("UltralyticsDetectorProvider");
        Workflow wired = wirer.wire(template, Plans.full().plan(), lacking.facts());
        assertThat(wired.nodes()).doesNotContainKeys("10", "11", "13", "14");
        assertThat(wired.nodes().get("9").link("images")).contains(new Link("8", 0));
        assertThat(warnings(wired))
                .hasSize(2)
                .anyMatch(warning -> warning.contains("hand pass is left out: it builds on the face pass"));
    }

    @Test
    void a_pass_the_saved_image_is_taken_apart_from_cannot_be_left_out() {
        JsonObject graph =
                wirer.defaultTemplate().graph().json().with(List.of("9", "inputs", "images"), JsonArray.of("11", 1));
        GazeException refused = catchThrowableOfType(
                GazeException.class,
                () -> wirer.wire(
                        wirer.template("mine", graph, JsonObject.empty()),
                        Plans.full().plan(),
                        server.without("FaceDetailer").facts()));
        assertThat(refused.problems())
                .anySatisfy(problem -> assertThat(problem.what()).contains("face pass cannot be left out"));
    }

    @Test
    void with_unknown_facts_nothing_is_pruned() {
        Workflow wired = wirer.wire(wirer.defaultTemplate(), Plans.full().plan(), ServerFacts.unknown());
        assertThat(wired.nodes()).hasSize(17);
    }

    @Test
    void names_are_spelt_with_the_server_s_separator() {
        Workflow wired = wire(
                Plans.full()
                        .vae("flux/ae.safetensors")
                        .lora("character", MIRA)
                        .lora("outfit", "Illustrious/Clothing/raincoat.safetensors"),
                server.onWindows());
        assertThat(wired.nodes().get("4").text("ckpt_name")).contains("Illustrious\\model.safetensors");
        assertThat(wired.nodes().get("16").text("lora_name")).contains("Illustrious\\Looks\\mira.safetensors");
        assertThat(wired.role(Role.VAE).orElseThrow().text("vae_name")).contains("flux\\ae.safetensors");
        assertThat(wired.warnings()).isEmpty();
    }

    @Test
    void the_template_s_own_file_names_are_spelt_the_server_s_way_too() {
        WorkflowTemplate template = wirer.template(
                "mine",
                Graphs.of(Graphs.PLAIN.replace("my/own.safetensors", "Illustrious/model.safetensors")
                        + "95 LoraLoaderModelOnly 'LoRA: x' lora_name=Illustrious/Looks/mira.safetensors "
                        + "strength_model=1 model=41:0"),
                JsonObject.empty());
        Servers windows =
                server.onWindows().with("LoraLoaderModelOnly", "lora_name", "Illustrious\\Looks\\mira.safetensors");
        Workflow wired = wirer.wire(template, Plans.words().plan(), windows.facts());
        assertThat(wired.nodes().get("41").text("ckpt_name")).contains("Illustrious\\model.safetensors");
        assertThat(wired.nodes().get("95").text("lora_name")).contains("Illustrious\\Looks\\mira.safetensors");
    }

    @Test
    void every_missing_file_is_refused_at_once_with_asset_and_nearest_name() {
        List<Problem> problems = refused(
                Plans.full()
                        .checkpoint(new CheckpointSettings(
                                "Illustrous/model.safetensors",
                                "",
                                "",
                                false,
                                SamplerSettings.DEFAULT,
                                "animo.safetensors"))
                        .lora("character", "Illustrious/Looks/mirra.safetensors")
                        .lora("outfit", "Clothing/raincoat.safetensors")
                        .lora("style", "zzz.safetensors"),
                server);
        assertThat(problems)
                .containsExactly(
                        new Problem(
                                "The server has no checkpoint 'Illustrous/model.safetensors'",
                                "the checkpoint",
                                "did you mean 'Illustrious/model.safetensors'?"),
                        new Problem(
                                "The server has no VAE 'animo.safetensors'",
                                "the checkpoint's VAE",
                                "did you mean 'anime.safetensors'?"),
                        new Problem(
                                "The server has no LoRA 'Illustrious/Looks/mirra.safetensors'",
                                "character/character_a",
                                "did you mean 'Illustrious/Looks/mira.safetensors'?"),
                        new Problem(
                                "The server has no LoRA 'Clothing/raincoat.safetensors'",
                                "outfit/outfit_a",
                                "did you mean 'Illustrious/Clothing/raincoat.safetensors'?"),
                        problems.get(4));
        assertThat(problems.get(4).what()).contains("zzz.safetensors");
        assertThat(problems.get(4).fix()).contains("the server has");
    }

    @Test
    void what_is_missing_may_be_left_out_or_replaced_and_every_case_is_a_warning() {
        Workflow wired = wire(
                Plans.full()
                        .checkpoint(new CheckpointSettings(
                                "gone.safetensors", "", "", false, SamplerSettings.DEFAULT, "gone.pt"))
                        .lora("character", MIRA)
                        .lora("outfit", "gone.safetensors")
                        .lora("style", "Illustrious/Styles/ink.safetensors")
                        .leaveOut(),
                server);
        assertThat(wired.nodes().get("4").text("ckpt_name")).contains("Illustrious/model.safetensors");
        assertThat(wired.nodes().get("8").link("vae")).contains(new Link("4", 2));
        assertThat(wired.nodes().get("19").link("model")).contains(new Link("16", 0));
        assertThat(wired.nodes().get("17"))
                .isEqualTo(wirer.defaultTemplate().graph().nodes().get("17"));
        assertThat(warnings(wired))
                .hasSize(3)
                .anyMatch(
                        warning -> warning.contains("'Illustrious/model.safetensors' stands in for 'gone.safetensors'"))
                .anyMatch(warning -> warning.contains("no VAE 'gone.pt'"))
                .anyMatch(warning -> warning.contains("it is left out") && warning.contains("outfit/outfit_a"));
    }

    @Test
    void a_server_without_any_checkpoint_is_refused_even_then() {
        assertThat(refused(Plans.full().leaveOut(), server.with("CheckpointLoaderSimple", "ckpt_name")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.fix()).contains("none at all"));
    }

    @Test
    void the_template_s_own_checkpoint_is_looked_for_as_well() {
        Servers other = server.with("CheckpointLoaderSimple", "ckpt_name", "other.safetensors");
        assertThat(refused(Plans.words(), other))
                .singleElement()
                .satisfies(problem -> assertThat(problem.where()).contains("template default", "4 Checkpoint"));
        assertThat(wire(Plans.words().leaveOut(), other).nodes().get("4").text("ckpt_name"))
                .contains("other.safetensors");
    }

    @Test
    void inputs_a_newer_node_demands_get_its_defaults() {
        Servers newer = server.input(
                        "FaceDetailer", "tiled_decode", JsonArray.of("BOOLEAN", JsonObject.of("default", false)))
                .input("FaceDetailer", "noise_seed_shift", JsonArray.of("INT", JsonObject.of("default", 3)));
        Workflow wired = wire(Plans.full(), newer);
        assertThat(wired.nodes().get("11").input("noise_seed_shift")).contains(new JsonNumber("3"));
        assertThat(wired.nodes().get("13").inputs().get("tiled_decode")).isPresent();
    }

    @Test
    @Tag("I75")
    void sizes_the_api_accepts_are_multiples_of_8_within_what_the_server_takes() {
        assertThat(wire(Plans.full().size(new Size(64, 2048)), server)
                        .nodes()
                        .get("5")
                        .input("height"))
                .contains(new JsonNumber("2048"));
    }
}
