package dev.gaze.comfy.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.workflow.NodeDefinition;
import dev.gaze.api.workflow.ServerFacts;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ObjectInfoTest {

    private static ServerFacts facts(String json) {
        return ObjectInfo.facts(Json.object(json));
    }

    private static NodeDefinition.Input input(String spec) {
        return facts("{\"N\": {\"input\": {\"required\": {\"x\": " + spec + "}}}}")
                .node("N")
                .orElseThrow()
                .input("x")
                .orElseThrow();
    }

    @Test
    void a_choice_is_read_in_both_of_its_forms() {
        assertThat(input("[[\"a\", \"b\"], {\"default\": \"b\"}]"))
                .isEqualTo(new NodeDefinition.Input("COMBO", true, List.of("a", "b"), new JsonText("b"), null, null));
        assertThat(input("[\"COMBO\", {\"multiselect\": false, \"options\": [\"a\", \"b\"]}]")
                        .options())
                .containsExactly("a", "b");
        assertThat(input("[[\"a\"]]").options()).containsExactly("a");
        assertThat(input("[[]]").options()).isEmpty();
    }

    @Test
    void a_list_the_server_does_not_hold_to_is_no_closed_choice() {
        assertThat(input("[[\"example.png\"], {\"image_upload\": true}]").options())
                .isNull();
        assertThat(input("[\"COMBO\", {\"remote\": {\"route\": \"/x\"}}]").options())
                .isNull();
    }

    @Test
    void limits_are_exact_up_to_the_largest_seed() {
        NodeDefinition.Input seed = input("[\"INT\", {\"default\": 0, \"min\": 0, \"max\": 18446744073709551615}]");
        assertThat(seed.max()).isEqualTo(new BigDecimal("18446744073709551615"));
        assertThat(seed.min()).isEqualTo(BigDecimal.ZERO);
        assertThat(seed.defaultValue()).isEqualTo(new JsonNumber("0"));
    }

    @Test
    void required_inputs_come_first_and_hidden_ones_are_left_out() {
        NodeDefinition node = facts("""
                        {"Save": {"input": {"required": {"images": ["IMAGE"]}, "hidden": {"prompt": "PROMPT"},
                                            "optional": {"vae": ["VAE"]}},
                                  "output": [], "output_node": true}}""").node("Save").orElseThrow();
        assertThat(node.inputs().keySet()).containsExactly("images", "vae");
        assertThat(node.input("images").orElseThrow().required()).isTrue();
        assertThat(node.input("vae").orElseThrow().required()).isFalse();
        assertThat(node.outputNode()).isTrue();
    }

    @Test
    void shapes_it_does_not_know_are_taken_as_anything() {
        assertThat(input("[]").type()).isEqualTo("*");
        assertThat(input("{\"odd\": 1}").type()).isEqualTo("*");
        assertThat(input("[\"COMFY_DYNAMICCOMBO_V3\", {\"options\": [{\"key\": \"a\"}]}]")
                        .options())
                .isNull();
        assertThat(input("[\"INT\", {\"min\": \"none\"}]").min()).isNull();
        assertThat(facts("{\"N\": {\"output\": [[\"euler\"], \"LATENT\", 7]}, \"M\": null}")
                        .node("N")
                        .orElseThrow()
                        .outputs())
                .containsExactly("COMBO", "LATENT", "*");
    }

    @Test
    void the_recording_of_a_real_server_is_read() throws IOException {
        String recordings = System.getenv("GAZE_COMFY_RECORDINGS");
        assumeThat(recordings).as("GAZE_COMFY_RECORDINGS").isNotNull();
        ServerFacts facts = ObjectInfo.facts(
                Json.object(Files.readAllBytes(Path.of(recordings, "object_info.json")), JsonLimits.ANSWER));
        assertThat(facts.known()).isTrue();
        assertThat(facts.options("CheckpointLoaderSimple", "ckpt_name")).contains("Illustrious/model.safetensors");
        assertThat(facts.options("UpscaleModelLoader", "model_name")).containsExactly("4x_placeholder.pth");
        assertThat(facts.node("FaceDetailer").orElseThrow().inputs().values().stream()
                        .filter(NodeDefinition.Input::required))
                .hasSize(31);
        assertThat(facts.nodes().values().stream()
                        .filter(NodeDefinition::outputNode)
                        .map(NodeDefinition::classType))
                .containsExactlyInAnyOrder(
                        "SaveImage", "PreviewImage", "PreviewAny", "SaveImageWebsocket", "SEGSPreview");
    }
}
