package dev.gaze.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.asset.FieldAddress;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.plan.CheckpointSettings;
import dev.gaze.api.plan.LoraRef;
import dev.gaze.api.plan.Missing;
import dev.gaze.api.plan.PlannedLora;
import dev.gaze.api.plan.RenderPlan;
import dev.gaze.api.plan.SamplerSettings;
import dev.gaze.api.plan.Seed;
import dev.gaze.api.plan.Size;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.prompt.Prompt;
import dev.gaze.api.prompt.PromptPart;
import dev.gaze.api.workflow.Workflow;
import dev.gaze.core.small.SmallWirer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RecordJsonTest {

    static IntStream seeds() {
        return IntStream.range(0, 100);
    }

    private static String text(Random random) {
        String[] pieces = {"\"", "\\", "\0", "\n", "é", "漢", "\uD83D\uDE00", "{{", "a", " ", "'", "\u2028", "null"};
        StringBuilder text = new StringBuilder("x");
        random.ints(random.nextInt(12), 0, pieces.length).forEach(i -> text.append(pieces[i]));
        return text.toString();
    }

    private static RenderPlan plan(Random random) {
        AssetKey asset = new AssetKey("outfit", "raincoat");
        List<Problem> warnings =
                List.of(Problem.of(text(random)), new Problem(text(random), text(random), text(random)));
        Prompt prompt = new Prompt(
                text(random),
                text(random),
                "",
                text(random),
                text(random),
                List.of(new PromptPart(
                        PromptPart.Target.values()[random.nextInt(PromptPart.Target.values().length)],
                        text(random),
                        "block",
                        random.nextBoolean() ? asset : null,
                        random.nextBoolean() ? FieldAddress.NAME : null)),
                warnings);
        return new RenderPlan(
                prompt,
                List.of(new PlannedLora(
                        "outfit",
                        new LoraRef("a/b.safetensors", 0.1 + random.nextDouble(), -1e-9, text(random)),
                        asset)),
                random.nextBoolean() ? CheckpointSettings.of("Noob/aurora.safetensors") : null,
                random.nextBoolean() ? SamplerSettings.DEFAULT : null,
                random.nextBoolean() ? new Size(832, 1216) : null,
                Map.of(RenderPlan.SAMPLER, new Seed(random.nextLong()), "other", new Seed(-1)),
                Missing.LEAVE_OUT,
                random.nextBoolean() ? text(random) : null,
                warnings);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_plan_comes_back_as_it_was_and_the_text_holds_no_character_a_database_refuses(int seed) {
        RenderPlan plan = plan(new Random(seed));

        String json = RecordJson.write(plan);

        assertThat(RecordJson.read(json, RenderPlan.class)).isEqualTo(plan);
        assertThat(json).doesNotContain("\0");
    }

    @Test
    void a_request_a_template_and_a_wired_graph_come_back_as_they_were() {
        GenerationRequest request = GenerationRequest.mix()
                .character("mira_vale")
                .with("outfit", "raincoat")
                .only("special::name")
                .plus("rain")
                .negative("fog")
                .size(64, 128)
                .seed(-1L)
                .steps(3)
                .cfg(0);
        var template = new SmallWirer().defaultTemplate();
        Workflow graph = template.graph().warn(Problem.of("a warning"));

        assertThat(RecordJson.read(RecordJson.write(request), GenerationRequest.class))
                .isEqualTo(request);
        assertThat(RecordJson.read(RecordJson.write(template), template.getClass()))
                .isEqualTo(template);
        assertThat(RecordJson.read(RecordJson.write(graph), Workflow.class)).isEqualTo(graph);
        assertThat(List.copyOf(RecordJson.read(RecordJson.write(graph), Workflow.class)
                        .nodes()
                        .keySet()))
                .isEqualTo(List.copyOf(graph.nodes().keySet()));
    }

    @Test
    void what_an_older_version_did_not_write_reads_as_nothing_and_what_nobody_knows_is_passed_over() {
        Problem problem = RecordJson.read("{\"what\": \"it broke\", \"mood\": [1, {}]}", Problem.class);
        assertThat(problem).isEqualTo(Problem.of("it broke"));
    }

    @Test
    void what_is_no_record_is_refused_when_it_is_written() {
        record Secret(Thread thread) {}
        assertThatThrownBy(() -> RecordJson.write(new Secret(Thread.currentThread())))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
