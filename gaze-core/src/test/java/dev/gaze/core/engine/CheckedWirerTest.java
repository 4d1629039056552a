package dev.gaze.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.json.JsonObject;
import dev.gaze.api.plan.Missing;
import dev.gaze.api.plan.RenderPlan;
import dev.gaze.api.plan.Seed;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.prompt.Prompt;
import dev.gaze.api.workflow.Link;
import dev.gaze.api.workflow.ServerFacts;
import dev.gaze.api.workflow.Workflow;
import dev.gaze.api.workflow.WorkflowNode;
import dev.gaze.api.workflow.WorkflowPatch;
import dev.gaze.core.prompt.DenyList;
import dev.gaze.core.small.SmallWirer;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CheckedWirerTest {
    private static final RenderPlan PLAN = new RenderPlan(
            new Prompt("a lighthouse", "", "", "a lighthouse", "blurry", List.of(), List.of()),
            List.of(),
            null,
            null,
            null,
            Map.of(RenderPlan.SAMPLER, new Seed(1)),
            Missing.REFUSE,
            null,
            List.of());

    private record Patch(String id, UnaryOperator<Workflow> change) implements WorkflowPatch {
        @Override
        public Workflow apply(Workflow workflow, RenderPlan plan) {
            return change.apply(workflow);
        }
    }

    private static Workflow wire(WorkflowPatch... patches) {
        CheckedWirer wirer = new CheckedWirer(new SmallWirer(), List.of(patches), DenyList.shipped());
        return wirer.wire(wirer.defaultTemplate(), PLAN, ServerFacts.unknown());
    }

    /** The graph with a node that says a listed name, put where the change says. */
    private static Workflow wireWith(UnaryOperator<Workflow> change) {
        return wire(new Patch(
                "test",
                workflow -> change.apply(workflow.with(
                        WorkflowNode.of("20", "PrimitiveString", "text", JsonObject.of("value", Denied.NAME))))));
    }

    private static void assertRefused(UnaryOperator<Workflow> change) {
        assertThatThrownBy(() -> wireWith(change))
                .isInstanceOfSatisfying(
                        GazeException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.REFUSED))
                .hasMessageContaining("deny list");
    }

    @Test
    void patches_run_in_their_order_each_on_what_the_last_one_made() {
        Workflow wired = wire(
                new Patch("a", workflow -> workflow.change("9", node -> node.with("filename_prefix", "a"))),
                new Patch(
                        "b",
                        workflow -> workflow.change(
                                "9",
                                node -> node.with(
                                        "filename_prefix",
                                        node.text("filename_prefix").orElseThrow() + "b"))));

        assertThat(wired.node("9").orElseThrow().text("filename_prefix")).contains("ab");
    }

    @Test
    void a_patch_that_breaks_is_named() {
        assertThatThrownBy(() -> wire(new Patch("upscale", workflow -> {
                    throw new IllegalStateException("no node");
                })))
                .isInstanceOf(GazeException.class)
                .hasMessageContaining("patch 'upscale' failed")
                .hasMessageContaining("no node");
    }

    @Test
    void a_text_in_front_of_the_encoder_counts() {
        assertRefused(workflow -> workflow.change("6", node -> node.with("text", new Link("20", 0))));
    }

    @Test
    void a_text_behind_a_combiner_counts() {
        assertRefused(workflow -> workflow.with(WorkflowNode.of(
                        "21", "CLIPTextEncode", "more", JsonObject.of("text", new Link("20", 0).json())))
                .with(WorkflowNode.of(
                        "22",
                        "ConditioningCombine",
                        "both",
                        JsonObject.of(
                                "conditioning_1", new Link("6", 0).json(), "conditioning_2", new Link("21", 0).json())))
                .change("3", node -> node.with("positive", new Link("22", 0))));
    }

    @Test
    void a_detailer_with_words_of_its_own_and_a_guider_count() {
        assertRefused(workflow -> workflow.with(WorkflowNode.of(
                "21",
                "FaceDetailer",
                "face",
                JsonObject.of("positive", new Link("6", 0).json(), "wildcard", Denied.NAME))));
        assertRefused(workflow -> workflow.with(WorkflowNode.of(
                "21",
                "BasicGuider",
                "guide",
                JsonObject.of("model", new Link("4", 0).json(), "conditioning", new Link("20", 0).json()))));
    }

    @Test
    void a_circle_ends() {
        assertRefused(workflow -> workflow.change("20", node -> node.with("again", new Link("6", 0)))
                .change("6", node -> node.with("text", new Link("20", 0))));
    }

    @Test
    void negatives_are_exempt_also_behind_a_node_that_hands_both_sides_on() {
        UnaryOperator<Workflow> controlNet = workflow -> workflow.change(
                        "7", node -> node.with("text", new Link("20", 0)))
                .with(WorkflowNode.of(
                        "21",
                        "ControlNetApplyAdvanced",
                        "pose",
                        JsonObject.of("positive", new Link("6", 0).json(), "negative", new Link("7", 0).json())))
                .change("3", node -> node.with("positive", new Link("21", 0)).with("negative", new Link("21", 1)));

        assertThat(wireWith(controlNet).node("21")).isPresent();
        assertRefused(workflow ->
                controlNet.apply(workflow).change("3", node -> node.with("positive", new Link("21", 1))));
    }

    @Test
    void texts_nobody_draws_and_names_of_files_are_exempt() {
        assertThat(wireWith(workflow -> workflow).node("20")).isPresent();
        assertThat(wireWith(workflow -> workflow.with(WorkflowNode.of(
                                        "21", "LoraLoader", "lora", JsonObject.of("lora_name", Denied.NAME)))
                                .change("6", node -> node.with("clip", new Link("21", 1))))
                        .node("21"))
                .isPresent();
    }
}
