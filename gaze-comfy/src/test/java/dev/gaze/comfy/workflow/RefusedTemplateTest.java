package dev.gaze.comfy.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.workflow.Role;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Graphs whose roles cannot be told, and what is said about them. */
@Tag("G21")
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RefusedTemplateTest extends RolesTesting {
    @Test
    void two_pictures_in_one_graph_are_ambiguous_and_the_candidates_are_named() {
        String twice = Graphs.PLAIN
                + Graphs.PLAIN
                        .replaceAll("(?m)^(\\d+)", "$19")
                        .replaceAll("=(\\d1):", "=$19:")
                        .replace("KSampler", "KSampler 'Other'");
        assertThat(problems(twice).get(0))
                .contains("sampler is ambiguous")
                .contains("31 KSampler")
                .contains("319 KSampler \"Other\"")
                .contains("template mine")
                .contains("{\"sampler\": \"31\"}");
        assertThat(roles(twice, "sampler", "319", "save", "919"))
                .containsEntry(Role.SAMPLER, "319")
                .containsEntry(Role.POSITIVE, "619")
                .containsEntry(Role.CHECKPOINT, "419")
                .containsEntry(Role.DECODE, "819");
    }

    @Test
    void words_joined_from_two_encoders_are_ambiguous_unless_a_placeholder_says_where() {
        String joined = Graphs.PLAIN.replace("positive=61:0", "positive=63:0") + """
                62 CLIPTextEncode text="soft light" clip=41:1
                63 ConditioningCombine conditioning_1=61:0 conditioning_2=62:0
                """;
        assertThat(problems(joined)).singleElement().asString().contains("positive is ambiguous", "61 ", "62 ");
        assertThat(roles(joined.replace("a cat", "{{POSITIVE_PROMPT}}"))).containsEntry(Role.POSITIVE, "61");
    }

    @Test
    void a_map_that_cannot_be_is_refused_with_every_reason_at_once() {
        assertThat(problems(
                        Graphs.PLAIN,
                        "sampler",
                        "81",
                        "sampeler",
                        "31",
                        "save",
                        "999",
                        "latent",
                        List.of("51"),
                        "lora:outfit",
                        "61"))
                .hasSize(5)
                .anySatisfy(problem -> assertThat(problem)
                        .contains("81 VAEDecode cannot play the role sampler", "candidates: 31 KSampler"))
                .anySatisfy(problem -> assertThat(problem).contains("no role 'sampeler'", "did you mean 'sampler'?"))
                .anySatisfy(problem -> assertThat(problem).contains("\"999\"", "not in the graph", "91 SaveImage"))
                .anySatisfy(problem -> assertThat(problem).contains("latent", "a list"))
                .anySatisfy(problem -> assertThat(problem).contains("61 CLIPTextEncode", "loads no LoRA"));
    }

    @Test
    void one_loader_cannot_serve_two_slots() {
        String graph = Graphs.PLAIN + "17 LoraLoader lora_name=a model=41:0 clip=41:1";
        assertThat(problems(graph, "lora:outfit", "17", "lora:pose", "17"))
                .singleElement()
                .asString()
                .contains("it can serve one");
    }

    @Test
    void a_workflow_in_editor_format_is_recognised_and_explained() {
        assertThatThrownBy(() -> wirer.template(
                        "mine", Json.object("{\"nodes\": [], \"links\": [], \"version\": 0.4}"), JsonObject.empty()))
                .asInstanceOf(type(GazeException.class))
                .satisfies(refused -> assertThat(refused.getMessage()).contains("editor format", "Export (API)"));
    }
}
