package dev.gaze.api.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.GazeException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class WorkflowTest {
    private static final JsonObject GRAPH = JsonObject.of(
            "4", node("CheckpointLoaderSimple", "ckpt_name", "a.safetensors"),
            "6", node("CLIPTextEncode", "text", "sea", "clip", List.of("4", 1)),
            "7", node("CLIPTextEncode", "text", "", "clip", List.of("4", 1)));

    @Test
    void a_graph_comes_back_as_it_went_in() {
        assertThat(Workflow.of(GRAPH).json()).isEqualTo(GRAPH);
        assertThat(Workflow.of(GRAPH).nodes().keySet()).containsExactly("4", "6", "7");
    }

    @Test
    void relinking_moves_every_consumer_and_leaves_the_rest() {
        Workflow graph = Workflow.of(GRAPH).withEnd("CLIP", new Link("4", 1));

        Workflow moved = graph.relink(new Link("4", 1), new Link("20", 1));

        assertThat(moved.node("6").orElseThrow().link("clip")).contains(new Link("20", 1));
        assertThat(moved.node("7").orElseThrow().link("clip")).contains(new Link("20", 1));
        assertThat(moved.end("CLIP")).contains(new Link("20", 1));
        assertThat(graph.node("6").orElseThrow().link("clip")).contains(new Link("4", 1));
    }

    @Test
    void removing_a_node_takes_its_role_along() {
        Workflow graph = Workflow.of(GRAPH).withRole(Role.POSITIVE, "6");

        assertThat(graph.role(Role.POSITIVE)).isPresent();
        assertThat(graph.without("6").role(Role.POSITIVE)).isEmpty();
    }

    @Test
    void a_fresh_id_is_above_all_numbers_and_text_ids_do_not_disturb() {
        Workflow graph = Workflow.of(GRAPH);

        assertThat(graph.freshId()).isEqualTo("8");
        assertThat(graph.with(new WorkflowNode("101:3", JsonObject.of("class_type", "X")))
                        .freshId())
                .isEqualTo("8");
    }

    @Test
    void a_literal_list_is_no_link() {
        assertThat(Link.of(JsonArray.of("4", 1))).contains(new Link("4", 1));
        assertThat(Link.of(JsonArray.of(4, 1))).isEmpty();
        assertThat(Link.of(JsonArray.of("4", "1"))).isEmpty();
        assertThat(Link.of(JsonArray.of("4", 1, 2))).isEmpty();
    }

    @Test
    void an_editor_export_is_recognised_and_explained() {
        assertThatExceptionOfType(GazeException.class)
                .isThrownBy(() -> Workflow.of(JsonObject.of("nodes", List.of(), "links", List.of())))
                .withMessageContaining("editor format")
                .withMessageContaining("Export (API)");
    }

    @Test
    void every_member_that_is_no_node_is_named() {
        assertThatExceptionOfType(GazeException.class)
                .isThrownBy(() -> Workflow.of(JsonObject.of("1", "text", "2", Map.of("inputs", Map.of()))))
                .satisfies(e -> assertThat(e.problems()).hasSize(2));
    }

    private static JsonObject node(String classType, Object... inputs) {
        return JsonObject.of("class_type", classType, "inputs", JsonObject.of(inputs));
    }
}
