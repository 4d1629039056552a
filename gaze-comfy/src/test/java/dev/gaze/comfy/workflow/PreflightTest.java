package dev.gaze.comfy.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.workflow.ServerFacts;
import dev.gaze.api.workflow.Workflow;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PreflightTest {
    private static final String GOOD = Graphs.PLAIN.replace("my/own", "Noob/other");

    private final ComfyWirer wirer = new ComfyWirer();
    private final ServerFacts facts = Servers.complete().facts();

    private List<String> check(String graph, Plans plan) {
        return wirer.check(Workflow.of(Graphs.of(graph)), plan.plan(), facts).stream()
                .map(Problem::toString)
                .toList();
    }

    private List<String> check(String graph) {
        return check(graph, Plans.words());
    }

    private List<String> checkWithout(ServerFacts facts, String graph) {
        return wirer.check(Workflow.of(Graphs.of(graph)), Plans.words().plan(), facts).stream()
                .map(Problem::toString)
                .toList();
    }

    /** The good graph with one input of the sampler set to some JSON. */
    private List<String> checkSampler(String input, String json) {
        JsonValue value = Json.object("{\"value\": " + json + "}").get("value").orElseThrow();
        JsonObject graph = Graphs.of(GOOD).with(List.of("31", "inputs", input), value);
        return wirer.check(Workflow.of(graph), Plans.words().plan(), facts).stream()
                .map(Problem::toString)
                .toList();
    }

    @Test
    void a_good_graph_has_no_problems() {
        assertThat(check(GOOD)).isEmpty();
        assertThat(checkWithout(ServerFacts.unknown(), GOOD)).isEmpty();
    }

    @Test
    void unknown_nodes_are_all_named_even_where_nobody_needs_them() {
        assertThat(check(GOOD.replace("81 VAEDecode", "81 VAEDecod") + "99 Sparkle text=x"))
                .hasSize(2)
                .anySatisfy(problem ->
                        assertThat(problem).contains("no node 'VAEDecod'", "did you mean 'VAEDecode'?", "81 VAEDecod"))
                .anySatisfy(problem -> assertThat(problem).contains("no node 'Sparkle'", "custom nodes"));
    }

    @Test
    void a_graph_without_an_output_makes_nothing() {
        assertThat(check(GOOD.replaceAll("91 .*", "")))
                .singleElement()
                .asString()
                .contains("no output node");
    }

    @Test
    void several_problems_of_several_nodes_are_reported_together() {
        assertThat(check(GOOD.replace("steps=20", "steps=0")
                        .replace("scheduler=normal", "scheduler=karrass")
                        .replace("seed=7", "")
                        .replace("Noob/other.safetensors", "nope.safetensors")))
                .hasSize(4)
                .anySatisfy(problem -> assertThat(problem).contains("seed is missing", "31 KSampler"))
                .anySatisfy(problem -> assertThat(problem).contains("steps is 0; the server accepts 1 to 10000"))
                .anySatisfy(
                        problem -> assertThat(problem).contains("scheduler is \"karrass\"", "did you mean 'karras'?"))
                .anySatisfy(problem -> assertThat(problem).contains("ckpt_name is \"nope.safetensors\""));
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            steps        | 64
            steps        | "64"
            steps        | " +6_4 "
            steps        | 64.9
            steps        | 10000.5
            steps        | true
            seed         | 0
            seed         | 18446744073709551615
            seed         | "18446744073709551615"
            cfg          | "6.5"
            cfg          | ".5e1"
            cfg          | "nan"
            cfg          | 6
            denoise      | 1.0
            sampler_name | "ddim"
            unknown_key  | null
            sampler_name | {"__value__": "ddim"}
            """)
    void what_the_server_accepts_is_accepted(String input, String value) {
        assertThat(checkSampler(input, value)).isEmpty();
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            steps        | "twenty"             | expected a whole number
            steps        | "64.9"               | expected a whole number
            steps        | null                 | expected a whole number
            steps        | {}                   | expected a whole number
            steps        | 10001                | accepts 1 to 10000
            steps        | 0.9                  | accepts 1 to 10000
            seed         | -1                   | accepts 0 to 18446744073709551615
            seed         | 18446744073709551616 | accepts 0 to 18446744073709551615
            cfg          | "much"               | expected a number
            cfg          | 100.01               | accepts 0.0 to 100.0
            sampler_name | "eulr"               | did you mean 'euler'?
            sampler_name | 5                    | does not have
            sampler_name | null                 | does not have
            model        | "x"                  | takes a link to a node that gives MODEL
            model        | ["41"]               | a link is
            model        | ["41", "0"]          | a link is
            model        | [41, 0]              | a link is
            model        | ["41", 0, 1]         | a link is
            model        | ["41", 3]            | output 3 of node 41 CheckpointLoaderSimple, which has 3
            model        | ["51", 0]            | takes MODEL, but output 0 of node 51 EmptyLatentImage gives LATENT
            model        | ["999", 0]           | node 999, which is not in the graph
            steps        | ["51", 0]            | takes INT
            other        | ["999", 0]           | not in the graph
            """)
    void what_the_server_refuses_or_fails_on_is_found(String input, String value, String expected) {
        assertThat(checkSampler(input, value))
                .singleElement()
                .asString()
                .contains(input)
                .contains(expected)
                .contains("31 KSampler");
    }

    @Test
    void what_no_output_depends_on_is_not_looked_at() {
        assertThat(check(GOOD + "99 LoraLoader lora_name=\"\" strength_model=900 model=77:0"))
                .isEmpty();
    }

    @Test
    void circles_are_found_with_and_without_a_server() {
        String circle = GOOD.replace("latent_image=51:0", "latent_image=52:0") + """
                52 LatentUpscaleBy samples=53:0 scale_by=2
                53 LatentUpscaleBy samples=52:0 scale_by=2
                54 LatentUpscaleBy samples=54:0 scale_by=2
                """;
        assertThat(checkWithout(ServerFacts.unknown(), circle))
                .hasSize(2)
                .anySatisfy(problem -> assertThat(problem)
                        .contains("52 LatentUpscaleBy takes from 53 LatentUpscaleBy takes from 52 LatentUpscaleBy"))
                .anySatisfy(
                        problem -> assertThat(problem).contains("54 LatentUpscaleBy takes from 54 LatentUpscaleBy"));
        assertThat(check(GOOD.replace("samples=31:0", "samples=81:0"))).anyMatch(problem -> problem.contains("circle"));
    }

    @Test
    void a_dangling_link_is_found_without_a_server() {
        assertThat(checkWithout(ServerFacts.unknown(), GOOD.replace("vae=41:2", "vae=42:0")))
                .singleElement()
                .asString()
                .contains("vae is linked to node 42", "did you mean '41'");
    }

    @Test
    void an_image_the_server_finds_by_itself_is_not_held_to_its_list() {
        assertThat(check("1 LoadImage image=\"sub/x.png [output]\"\n2 PreviewImage images=1:0"))
                .isEmpty();
    }

    @Test
    void a_choice_in_the_second_form_is_checked_too() {
        assertThat(check("""
                        1 LoadImage image=x.png
                        2 UpscaleModelLoader model_name=8x.pth
                        3 ImageUpscaleWithModel upscale_model=2:0 image=1:0
                        4 SaveImage images=3:0 filename_prefix=x
                        """))
                .singleElement()
                .asString()
                .contains("model_name is \"8x.pth\"", "did you mean '4x.pth'?");
    }

    @Test
    void a_problem_names_role_and_asset() {
        Plans plan = Plans.full().lora("outfit", "Illustrious/Clothing/raincoat.safetensors");
        Workflow wired = wirer.wire(wirer.defaultTemplate(), plan.plan(), ServerFacts.unknown());
        Servers without = Servers.complete()
                .with("LoraLoader", "lora_name", "a.safetensors")
                .with("KSampler", "sampler_name", "euler");
        assertThat(wirer.check(wired, plan.plan(), without.facts()))
                .extracting(Problem::where)
                .containsExactlyInAnyOrder(
                        "LoRA of outfit/outfit_a, node 17 LoraLoader \"LoRA: outfit\", lora_name",
                        "sampler, node 3 KSampler \"Sampler\", sampler_name");
    }

    @Test
    void types_with_several_names_or_any_type_fit() {
        ServerFacts loose = ObjectInfo.facts(Json.object("""
                {"Give": {"input": {}, "output": ["INT,FLOAT", "*", "COMFY_MATCHTYPE_V3", "MASK"]},
                 "Take": {"input": {"required": {"a": ["FLOAT"], "b": ["MASK"], "c": ["MASK"], "d": ["*"]}},
                          "output": [], "output_node": true}}"""));
        assertThat(checkWithout(loose, "1 Give\n2 Take a=1:0 b=1:1 c=1:2 d=1:3"))
                .isEmpty();
        assertThat(checkWithout(loose, "1 Give\n2 Take a=1:3 b=1:1 c=1:2 d=1:3"))
                .hasSize(1);
    }
}
