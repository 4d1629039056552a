package dev.gaze.comfy.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonNull;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonValue;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is accepted, what is refused, and in which words. */
abstract class SubmittingRows extends ContractRows {
    private final JsonObject good = Graphs.sampled(Graphs.anySeed(), 1);

    private Reply changed(String node, String input, Object value) {
        return http.prompt(Graphs.with(good, node, input, value), null);
    }

    private static String error(Reply reply) {
        return reply.object().text("error", "type").orElse("");
    }

    @Test
    void submitting_01_an_unknown_class_is_reported_alone() {
        JsonObject graph = Graphs.with(good, "5", "width", 0)
                .with("3", good.object("3").with("class_type", JsonValue.of("NoSuchSampler")));
        Reply reply = http.prompt(graph, null);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(error(reply)).isEqualTo(target.since(0, 33) ? "missing_node_type" : "invalid_prompt");
        assertThat(reply.object().text("error", "details"))
                .hasValueSatisfying(text -> assertThat(text).contains("3"));
        assertThat(reply.object().object("node_errors")).isEqualTo(JsonObject.empty());
    }

    @Test
    void submitting_01_a_node_without_class_is_refused() {
        Reply reply = http.prompt(good.with("6", JsonObject.of("inputs", JsonObject.empty())), null);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(error(reply)).isEqualTo(target.since(0, 33) ? "missing_node_type" : "invalid_prompt");
    }

    @Test
    void submitting_01_a_graph_needs_an_output_node() {
        assertThat(error(http.prompt(good.without("9"), null))).isEqualTo("prompt_no_outputs");
        assertThat(error(http.prompt(JsonObject.empty(), null))).isEqualTo("prompt_no_outputs");
    }

    @Test
    void submitting_01_a_body_needs_a_prompt() {
        assertThat(error(http.post("/prompt", JsonObject.of("client_id", "x")))).isEqualTo("no_prompt");
        assertThat(error(http.post("/prompt", JsonArray.of(1, 2)))).isEqualTo("no_prompt");
    }

    @Test
    void submitting_02_errors_of_several_nodes_are_reported_together_with_their_class_and_outputs() {
        JsonObject graph = Graphs.with(
                Graphs.with(Graphs.with(good, "4", "ckpt_name", "nope.safetensors"), "3", "steps", 0), "3", "cfg", -1);
        Reply reply = http.prompt(graph, null);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(errors(reply, "4")).containsExactly("value_not_in_list");
        assertThat(errors(reply, "3")).containsExactlyInAnyOrder("value_smaller_than_min", "value_smaller_than_min");
        assertThat(reply.object().text("node_errors", "3", "class_type")).hasValue("KSampler");
        assertThat(texts(reply.object(), "node_errors", "3", "dependent_outputs"))
                .containsExactly("9");
    }

    @Test
    void submitting_02_a_missing_input_is_named() {
        for (String input : List.of("seed", "model")) {
            Reply reply = http.prompt(Graphs.without(good, "3", input), null);

            assertThat(errors(reply, "3")).containsExactly("required_input_missing");
            assertThat(firstError(reply, "3").text("extra_info", "input_name")).hasValue(input);
        }
    }

    @Test
    void submitting_02_a_value_out_of_range_is_told_with_the_value_received() {
        Reply low = changed("3", "steps", 0);
        Reply high = changed("3", "steps", 10_001);

        assertThat(errors(low, "3")).containsExactly("value_smaller_than_min");
        assertThat(firstError(low, "3").text("extra_info", "received_value")).hasValue("0");
        assertThat(errors(high, "3")).containsExactly("value_bigger_than_max");
    }

    @Test
    void submitting_02_a_value_that_cannot_be_converted_is_told_with_the_reason() {
        Reply words = changed("3", "steps", "twenty");
        Reply nothing = changed("3", "steps", JsonNull.NULL);

        assertThat(errors(words, "3")).containsExactly("invalid_input_type");
        assertThat(firstError(words, "3").text("extra_info", "exception_message"))
                .hasValueSatisfying(text -> assertThat(text).contains("'twenty'"));
        assertThat(errors(nothing, "3")).containsExactly("invalid_input_type");
    }

    @Test
    void submitting_02_a_list_that_is_no_link_is_a_bad_link() {
        assertThat(errors(changed("3", "model", JsonArray.of("4")), "3")).containsExactly("bad_linked_input");
    }

    @Test
    void submitting_02_a_link_of_another_type_is_a_mismatch() {
        Reply reply = changed("3", "model", Graphs.link("5", 0));

        assertThat(errors(reply, "3")).containsExactly("return_type_mismatch");
        assertThat(firstError(reply, "3").text("extra_info", "received_type")).hasValue("LATENT");
    }

    @Test
    void submitting_02_an_image_that_is_not_there_fails_the_nodes_own_check() {
        JsonObject graph = JsonObject.of(
                "1",
                Graphs.node("LoadImage", "image", "not_there_" + UUID.randomUUID() + ".png"),
                "2",
                Graphs.node("PreviewImage", "images", Graphs.link("1", 0)));

        assertThat(errors(http.prompt(graph, null), "1")).containsExactly("custom_validation_failed");
    }

    @Test
    void submitting_02_long_lists_are_left_out() {
        Reply reply = changed("3", "sampler_name", "euler_smart");

        assertThat(errors(reply, "3")).containsExactly("value_not_in_list");
        assertThat(firstError(reply, "3").at("extra_info", "input_config")).hasValue(JsonNull.NULL);
        assertThat(firstError(reply, "3").text("details"))
                .hasValueSatisfying(text -> assertThat(text).contains("list of length"));
    }

    @Test
    void submitting_02_short_lists_are_told() {
        Reply reply = changed("3", "scheduler", "karrass");

        assertThat(firstError(reply, "3").at("extra_info", "input_config"))
                .hasValueSatisfying(config -> assertThat(config.toString()).contains("karras"));
    }

    @Test
    void submitting_03_details_name_only_what_is_wrong_with_the_output_itself() {
        Reply above = changed("3", "steps", 0);
        Reply itself = http.prompt(Graphs.without(good, "9", "images"), null);

        assertThat(above.object().text("error", "details")).hasValue("");
        assertThat(itself.object().text("error", "details"))
                .hasValueSatisfying(text -> assertThat(text).contains("images"));
    }

    @Test
    void submitting_04_a_link_into_nowhere_is_reported_at_the_node_that_holds_it() {
        for (JsonArray link :
                List.of(Graphs.link("99", 0), Graphs.link("4", 9), JsonArray.of("4", "0"), JsonArray.of(4, 0))) {
            Reply reply = changed("3", "model", link);

            assertThat(reply.status()).as(link.toString()).isEqualTo(400);
            assertThat(errors(reply, "3")).as(link.toString()).containsExactly("exception_during_inner_validation");
            assertThat(firstError(reply, "3").text("extra_info", "input_name"))
                    .as("the consumer's input")
                    .hasValue("samples");
        }
    }

    @Test
    void submitting_05_a_circle_is_refused() {
        JsonObject graph = JsonObject.of(
                "1", Graphs.node("ImageInvert", "image", Graphs.link("2", 0)),
                "2", Graphs.node("ImageInvert", "image", Graphs.link("1", 0)),
                "3", Graphs.node("PreviewImage", "images", Graphs.link("2", 0)));
        Reply reply = http.prompt(graph, null);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(error(reply)).isEqualTo("prompt_outputs_failed_validation");
        if (target.since(0, 33)) {
            assertThat(reply.text()).contains("dependency_cycle");
        } else {
            assertThat(reply.object().text("error", "details")).hasValue("");
            assertThat(reply.object().object("node_errors")).isEqualTo(JsonObject.empty());
        }
    }

    @Test
    void submitting_06_a_text_where_a_link_is_needed_passes_and_fails_while_running() {
        JsonObject entry = http.run(Graphs.with(good, "3", "model", "model"));

        assertThat(entry.text("status", "status_str")).hasValue("error");
        List<JsonValue> messages = list(entry, "status", "messages");
        JsonArray last = (JsonArray) messages.get(messages.size() - 1);
        assertThat(text(last.items().get(0))).isEqualTo("execution_error");
        assertThat(((JsonObject) last.items().get(1)).text("node_id")).hasValue("3");
    }

    @Test
    void submitting_07_nodes_no_output_needs_are_not_checked_but_must_exist() {
        JsonObject idle = Graphs.preview().with("77", Graphs.node("ImageInvert"));
        JsonObject unknown = Graphs.preview().with("77", Graphs.node("NoSuchNode"));

        assertThat(http.prompt(idle, null).status()).isEqualTo(200);
        assertThat(http.prompt(unknown, null).status()).isEqualTo(400);
    }

    @Test
    void submitting_08_partial_success_answers_200_with_node_errors_and_runs_the_good_output() {
        JsonObject graph = Graphs.preview()
                .with("8", Graphs.node("EmptyImage", "width", 0, "height", 64, "batch_size", 1, "color", 0))
                .with("9", Graphs.node("PreviewImage", "images", Graphs.link("8", 0)));
        try (RawSocket socket = http.socket("partial")) {
            Reply reply = http.prompt(graph, "partial");
            String id = reply.object().text("prompt_id").orElseThrow();
            socket.untilEnd(id);

            assertThat(reply.status()).isEqualTo(200);
            assertThat(errors(reply, "8")).containsExactly("value_smaller_than_min");
            assertThat(http.history(id).text("status", "status_str")).hasValue("success");
            assertThat(http.history(id).object("outputs").members()).containsOnlyKeys("2");
        }
    }

    @Test
    void submitting_partial_execution_targets_pick_one_output() {
        JsonObject graph = Graphs.preview()
                .with(
                        "8",
                        Graphs.node(
                                "EmptyImage", "width", 64, "height", 64, "batch_size", 1, "color", Graphs.anyColour()))
                .with("9", Graphs.node("PreviewImage", "images", Graphs.link("8", 0)));
        try (RawSocket socket = http.socket("targets")) {
            Reply reply = http.prompt(graph, "targets", "partial_execution_targets", List.of("9"));
            String id = reply.object().text("prompt_id").orElseThrow();
            socket.untilEnd(id);

            assertThat(http.history(id).object("outputs").members()).containsOnlyKeys("9");
        }
    }

    @Test
    void definitions_numbers_given_as_text_are_converted_and_stored_so() {
        JsonObject graph = Graphs.with(Graphs.with(Graphs.preview(), "1", "width", "64"), "1", "height", 64.9);
        JsonObject entry = http.run(graph);
        JsonObject stored = (JsonObject) list(entry, "prompt").get(2);

        assertThat(stored.number("1", "inputs", "width"))
                .hasValueSatisfying(n -> assertThat(n.text()).isEqualTo("64"));
        assertThat(stored.number("1", "inputs", "height"))
                .hasValueSatisfying(n -> assertThat(n.text()).isEqualTo("64"));
    }

    @Test
    void definitions_seeds_run_to_two_to_the_sixty_fourth_minus_one() {
        BigInteger most = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

        assertThat(errors(changed("3", "seed", most.add(BigInteger.ONE)), "3"))
                .containsExactly("value_bigger_than_max");
        assertThat(errors(changed("3", "seed", -1), "3")).containsExactly("value_smaller_than_min");
        assertThat(changed("3", "seed", most).status()).isEqualTo(200);
    }

    @Test
    void definitions_unknown_inputs_are_ignored_and_titles_kept() {
        JsonObject graph = Graphs.with(Graphs.preview(), "1", "unknown_extra", 5);
        JsonObject titled = graph.with("2", graph.object("2").with("_meta", JsonObject.of("title", "Shown")));
        JsonObject entry = http.run(titled);
        JsonObject stored = (JsonObject) list(entry, "prompt").get(2);

        assertThat(entry.text("status", "status_str")).hasValue("success");
        assertThat(stored.text("2", "_meta", "title")).hasValue("Shown");
    }

    @Test
    void definitions_names_must_be_spelled_with_the_servers_separator() {
        String own = target.http.get("/models/checkpoints").text().contains("Illustrious/model.safetensors")
                ? "Illustrious\\model.safetensors"
                : "Illustrious/model.safetensors";

        assertThat(errors(changed("4", "ckpt_name", own), "4")).containsExactly("value_not_in_list");
    }

    @Test
    void definitions_a_list_of_the_combo_form_is_checked_from_0_8_on_and_fails_while_running_before() {
        JsonObject graph = JsonObject.of(
                "1", Graphs.preview().object("1"),
                "2", Graphs.node("UpscaleModelLoader", "model_name", "nope.pth"),
                "3",
                        Graphs.node(
                                "ImageUpscaleWithModel",
                                "upscale_model",
                                Graphs.link("2", 0),
                                "image",
                                Graphs.link("1", 0)),
                "4", Graphs.node("PreviewImage", "images", Graphs.link("3", 0)));
        if (target.since(0, 8)) {
            assertThat(errors(http.prompt(graph, null), "2")).containsExactly("value_not_in_list");
        } else {
            assertThat(http.run(graph).text("status", "status_str")).hasValue("error");
        }
    }

    @Test
    void definitions_both_forms_of_lists_are_in_use() {
        JsonObject inline = http.get("/object_info/KSampler").object();
        JsonObject combo = http.get("/object_info/UpscaleModelLoader").object();

        assertThat(((JsonArray) inline.at("KSampler", "input", "required", "sampler_name")
                                .orElseThrow())
                        .items()
                        .get(0))
                .isInstanceOf(JsonArray.class);
        assertThat(text(list(combo, "UpscaleModelLoader", "input", "required", "model_name")
                        .get(0)))
                .isEqualTo("COMBO");
    }

    @Test
    void definitions_output_nodes_are_marked() {
        for (String name : Arrays.asList("SaveImage", "PreviewImage", "PreviewAny", "SaveImageWebsocket")) {
            assertThat(http.get("/object_info/" + name).object().text(name, "output_node"))
                    .as(name)
                    .hasValue("true");
        }
    }
}
