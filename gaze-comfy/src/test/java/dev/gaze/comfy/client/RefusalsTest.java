package dev.gaze.comfy.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The refusals of every version, read without reading texts. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RefusalsTest {
    private static final JsonObject GRAPH =
            Json.object("{\"3\": {\"class_type\": \"NoSuchSampler\"}, \"6\": {\"inputs\": {}}}");

    private static ComfyError read(String answer) {
        return Refusals.read(Json.object(answer), GRAPH);
    }

    private static ComfyError single(String type, String details, String extra) {
        return read(
                "{\"error\": {\"type\": \"%s\", \"message\": \"words that change\", \"details\": \"%s\", \"extra_info\": %s}, \"node_errors\": {}}"
                        .formatted(type, details, extra));
    }

    private static ComfyError.Validation node(String id, String errors) {
        return (ComfyError.Validation) read(
                "{\"error\": {\"type\": \"prompt_outputs_failed_validation\", \"message\": \"m\", \"details\": \"\"}, \"node_errors\": {\"%s\": {\"class_type\": \"KSampler\", \"dependent_outputs\": [\"9\"], \"errors\": [%s]}}}"
                        .formatted(id, errors));
    }

    private static String words(ComfyError error) {
        return Explanation.of(error, "http://server").stream()
                .map(Problem::toString)
                .reduce("", (a, b) -> a + "\n" + b);
    }

    @Test
    void a_missing_node_is_told_by_extra_info_or_by_the_graph() {
        ComfyError later =
                single("missing_node_type", "Node ID '#3'", "{\"node_id\": \"3\", \"class_type\": \"NoSuchSampler\"}");
        ComfyError earlier = single("invalid_prompt", "Node ID '#3'", "{}");

        assertThat(later).isEqualTo(new ComfyError.MissingNode("3", "NoSuchSampler"));
        assertThat(earlier).isEqualTo(later);
        assertThat(words(later)).contains("NoSuchSampler", "install the custom node", "http://server");
    }

    @Test
    void a_node_without_a_class_is_told_from_a_missing_one() {
        ComfyError error = single("invalid_prompt", "Node ID '#6'", "{}");

        assertThat(error).isEqualTo(new ComfyError.MissingNode("6", ""));
        assertThat(words(error)).contains("has no class_type", "Export (API)");
    }

    @Test
    void circles_are_told_in_both_ways() {
        assertThat(single("prompt_outputs_failed_validation", "", "{}")).isEqualTo(new ComfyError.Cycle(List.of()));
        ComfyError later = read(
                "{\"error\": {\"type\": \"prompt_outputs_failed_validation\", \"details\": \"\"}, \"node_errors\": {\"2\": {\"class_type\": \"A\", \"dependent_outputs\": [], \"errors\": [{\"type\": \"dependency_cycle\", \"extra_info\": {\"cycle_nodes\": [\"2\", \"1\"]}}]}, \"1\": {\"class_type\": \"A\", \"errors\": [{\"type\": \"dependency_cycle\", \"extra_info\": {}}]}}}");

        assertThat(later).isEqualTo(new ComfyError.Cycle(List.of("2", "1")));
        assertThat(words(later)).contains("Nodes 2, 1 wait for one another");
        assertThat(words(new ComfyError.Cycle(List.of()))).contains("wait for one another");
    }

    @Test
    void no_outputs_and_ids_that_are_no_uuids_have_cases_of_their_own() {
        assertThat(single("prompt_no_outputs", "", "{}")).isEqualTo(new ComfyError.NoOutputs());
        assertThat(single("invalid_prompt_id", "must be a UUID", "{}"))
                .isEqualTo(new ComfyError.InvalidPromptId("must be a UUID"));
    }

    @Test
    void a_choice_that_is_not_in_the_list_is_told_with_the_nearest_ones_in_both_forms_of_the_list() {
        ComfyError.Validation inline = node(
                "3",
                "{\"type\": \"value_not_in_list\", \"message\": \"m\", \"details\": \"d\", \"extra_info\": {\"input_name\": \"scheduler\", \"input_config\": [[\"simple\", \"karras\"], {}], \"received_value\": \"karrass\"}}");
        ComfyError.Validation combo = node(
                "3",
                "{\"type\": \"value_not_in_list\", \"message\": \"m\", \"details\": \"d\", \"extra_info\": {\"input_name\": \"scheduler\", \"input_config\": [\"COMBO\", {\"options\": [\"simple\", \"karras\"]}], \"received_value\": \"karrass\"}}");
        ComfyError.Validation tooLong = node(
                "3",
                "{\"type\": \"value_not_in_list\", \"message\": \"m\", \"details\": \"d\", \"extra_info\": {\"input_name\": \"scheduler\", \"input_config\": null, \"received_value\": \"karrass\"}}");

        for (ComfyError.Validation told : List.of(inline, combo)) {
            assertThat(told.nodes().get(0).inputs().get(0).options()).containsExactly("simple", "karras");
            assertThat(words(told))
                    .contains("scheduler is \"karrass\"", "did you mean 'karras'?", "node 3 (KSampler), http://server");
        }
        assertThat(tooLong.nodes().get(0).inputs().get(0).options()).isEmpty();
        assertThat(words(tooLong)).contains("scheduler is \"karrass\"").doesNotContain("fix");
    }

    @Test
    void values_out_of_range_are_told_with_the_range() {
        String config = "\"input_config\": [\"FLOAT\", {\"min\": 0.0, \"max\": 100.0}]";
        assertThat(words(node(
                        "3",
                        "{\"type\": \"value_smaller_than_min\", \"message\": \"m\", \"details\": \"cfg\", \"extra_info\": {\"input_name\": \"cfg\", \"received_value\": -1.0, "
                                + config
                                + "}}, {\"type\": \"value_bigger_than_max\", \"message\": \"m\", \"details\": \"seed\", \"extra_info\": {\"input_name\": \"seed\", \"received_value\": 18446744073709551616, "
                                + config + "}}")))
                .contains("cfg is -1.0; accepted from 0.0", "seed is 18446744073709551616; accepted up to 100.0");
    }

    @Test
    void an_error_of_a_kind_not_seen_so_far_is_unknown_and_keeps_its_words() {
        assertThat(single("quantum_decoherence", "in node 7", "{}"))
                .isEqualTo(new ComfyError.Unknown("quantum_decoherence", "words that change", "in node 7"));
        assertThat(read("{\"error\": \"just a text\"}")).isEqualTo(new ComfyError.Unknown("", "just a text", ""));
        assertThat(read("{}")).isEqualTo(new ComfyError.Unknown("", "", ""));
        assertThat(words(read("{}"))).contains("refused the graph");
        assertThat(
                        words(
                                node(
                                        "3",
                                        "{\"type\": \"new_rule\", \"message\": \"Nodes must rhyme\", \"details\": \"3 and 4\", \"extra_info\": {\"input_name\": \"steps\"}}")))
                .contains("steps: Nodes must rhyme (3 and 4)");
        assertThat(Explanation.kind(read("{}"))).isEqualTo(Kind.INVALID);
    }

    @Test
    void shapes_that_make_no_sense_are_read_without_an_exception() {
        for (String answer : List.of(
                "{\"error\": [], \"node_errors\": []}",
                "{\"error\": {\"type\": 3}, \"node_errors\": {\"3\": null, \"4\": {\"errors\": \"x\"}}}",
                "{\"node_errors\": {\"3\": {\"errors\": []}}}",
                "{\"node_errors\": {\"3\": {\"errors\": [null, 1, {\"extra_info\": []}]}}}",
                "{\"error\": {\"type\": \"invalid_prompt\", \"details\": \"somewhere\"}}")) {
            assertThat(words(read(answer))).as(answer).isNotNull();
        }
    }
}
