package dev.gaze.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gaze.api.Gaze;
import dev.gaze.api.Preview;
import dev.gaze.api.image.Image;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.plan.RenderPlan;
import dev.gaze.api.plan.Seed;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.prompt.LiteralTexts;
import dev.gaze.api.prompt.Prompt;
import dev.gaze.api.prompt.PromptPart;
import dev.gaze.core.ledger.RecordJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates in assets and requests, on their way into prompts, plans and pictures. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("D30")
class TemplatedWordsTest extends GazeTesting {

    @Test
    void templates_work_in_any_field_in_extras_additions_negatives_and_base_texts() {
        file("wildcards/hue/warm.txt", "amber, glowing\n");
        file("data/characters/ann.json", """
                {"character_id": "ann", "identity": {"hair": "__hue/warm__ hair", "eyes": ["{green|green} eyes", "__none__"]},
                 "lora": {"lora_triggers": "{annX|annX}"}}
                """);
        file("data/clothing/first.json", "{\"outfit_id\": \"first\", \"wardrobe\": {\"top\": \"shirt\"}}");
        file("data/clothing/second.json", "{\"outfit_id\": \"second\", \"wardrobe\": {\"top\": \"{coat|coat}\"}}");
        file(
                "data/checkpoints/base.json",
                "{\"checkpoint_path\": \"b.safetensors\", \"base_positive\": \"{best|best} quality\", \"base_negative\": \"{bad|bad}\"}");
        Prompt prompt = open().prompts()
                .character("ann")
                .with("outfit", "first")
                .with("outfit", "second")
                .with("checkpoint", "b_safetensors")
                .plus("${x=sky}blue ${x}")
                .negative("{fog|fog}")
                .build();

        assertThat(prompt.positive())
                .isEqualTo(
                        "best quality, (solo:1.2), ann, annX, amber, glowing hair, green eyes, none, shirt, coat, blue sky");
        assertThat(prompt.negative()).isEqualTo("bad, fog");
        assertThat(prompt.warnings()).anySatisfy(warning -> {
            assertThat(warning.what()).contains("There is no wildcard 'none'");
            assertThat(warning.where()).contains("character/ann identity::eyes");
        });
    }

    @Test
    void words_are_expanded_before_they_are_split_so_that_tags_cancel_one_by_one() {
        file("wildcards/set.txt", "fog, sea, sky\n");
        Prompt prompt = open().prompts().plus("__set__").negative("sea").build();

        assertThat(prompt.positive()).isEqualTo("fog, sky");
        assertThat(prompt.negative()).isEmpty();
    }

    @Test
    void the_plan_draws_with_its_seed_and_keeps_template_and_result() {
        file("wildcards/hue.txt", "red\namber\nteal\nnavy\nrose\n");
        Gaze gaze = open();
        String template = "{a|b|c} __hue__ sofa";
        Set<String> seen = new HashSet<>();
        for (long seed = 0; seed < 30; seed++) {
            RenderPlan plan = gaze.plan(GenerationRequest.mix().plus(template).seed(seed));
            String text = gaze.wildcards()
                    .resolve(template, new Seed(seed), 1)
                    .texts()
                    .get(0);
            seen.add(text);

            assertThat(plan.prompt().main()).isEqualTo(text);
            assertThat(plan.prompt().parts()).singleElement().satisfies(part -> {
                assertThat(part.template()).isEqualTo(template);
                assertThat(part.text()).isEqualTo(text);
                assertThat(part.toString()).endsWith("[" + template + "]");
            });
            assertThat(RecordJson.read(RecordJson.write(plan), RenderPlan.class))
                    .isEqualTo(plan);
        }
        assertThat(seen).hasSizeGreaterThan(8);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {0, 1, 2, 3, 42, -1})
    void a_face_gets_the_words_that_main_got(long seed) {
        file("data/characters/ann.json", """
                {"character_id": "ann", "identity": {"hair": "{red|blue|grey|green|black} hair", "eyes": "{1-99} eyes"}}
                """);
        Prompt prompt = open().prompts().character("ann").seed(seed).build();

        assertThat(prompt.main()).contains(" hair").doesNotContain("{");
        assertThat(prompt.face()).isEqualTo(prompt.main().replace("(solo:1.2), ", ""));
    }

    @Test
    void a_plan_without_a_seed_draws_with_the_one_its_sampler_gets() {
        Gaze gaze = open();
        String template = "{a|b|c|d|e|f|g} {1-1000000}";
        RenderPlan plan = gaze.plan(GenerationRequest.mix().plus(template));

        assertThat(gaze.wildcards()
                        .resolve(template, plan.seeds().get(RenderPlan.SAMPLER), 1)
                        .texts())
                .containsExactly(plan.prompt().main());
    }

    @Test
    void two_texts_that_say_the_same_choose_on_their_own() {
        Gaze gaze = open();
        Set<Boolean> same = new HashSet<>();
        for (long seed = 0; seed < 20; seed++) {
            Prompt prompt = gaze.prompts()
                    .plus("{1-9}")
                    .negative("{1-9}")
                    .seed(seed)
                    .match(dev.gaze.api.prompt.Match.EXACT)
                    .build();
            assertThat(prompt)
                    .isEqualTo(gaze.prompts()
                            .plus("{1-9}")
                            .negative("{1-9}")
                            .seed(seed)
                            .match(dev.gaze.api.prompt.Match.EXACT)
                            .build());
            same.add(prompt.parts().get(0).text().equals(prompt.parts().get(1).text()));
        }
        assertThat(same).contains(false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a_b c, >_<, (x:1.2)", "50% off, $5, \\(y\\)", "[a|b], score_9, \\m/", "a}b"})
    void words_that_are_no_template_stay_to_the_letter(String words) {
        Prompt prompt = open().prompts().plus(words).build();

        assertThat(prompt.main()).isEqualTo(words);
        assertThat(prompt.parts()).extracting(PromptPart::template).containsOnlyNulls();
    }

    @Test
    void literal_texts_of_a_workflow_are_never_expanded() {
        LiteralTexts literals = new LiteralTexts("{{POSITIVE_PROMPT}}, {x|y}", "{fog|mist}", "", "");

        Prompt prompt = open().prompts().plus("{sea|sea}").literals(literals).build();
        assertThat(prompt.positive()).isEqualTo("sea, {x|y}");
        assertThat(prompt.negative()).isEqualTo("{fog|mist}");
    }

    @Test
    void names_of_assets_are_no_templates() {
        file("data/characters/odd.json", "{\"character_id\": \"{a|b}\"}");

        assertThat(open().prompts().character("ab").build().main()).isEqualTo("(solo:1.2), {a|b}");
    }

    @Test
    void a_malformed_template_is_told_with_asset_field_and_offset() {
        file(
                "data/characters/torn.json",
                "{\"character_id\": \"torn\", \"identity\": {\"hair\": \"red {long|short\"}}");
        Gaze gaze = open();

        assertThatExceptionOfType(GazeException.class)
                .isThrownBy(() -> gaze.preview(GenerationRequest.mix().character("torn")))
                .satisfies(wrong -> {
                    assertThat(wrong.kind()).isEqualTo(Kind.INVALID);
                    assertThat(wrong.problems().get(0).where())
                            .isEqualTo("character/torn identity::hair, line 1, column 5 (offset 4)");
                });
    }

    @Test
    void the_deny_list_sees_what_templates_became() {
        file("wildcards/bad.txt", Denied.NAME);

        assertThatExceptionOfType(GazeException.class)
                .isThrownBy(() -> open().preview(GenerationRequest.mix().plus("__bad__")))
                .satisfies(wrong -> assertThat(wrong.kind()).isEqualTo(Kind.REFUSED));
    }

    @Test
    void loras_that_a_template_names_join_the_chain() {
        file(
                "data/characters/foggy.json",
                "{\"character_id\": \"foggy\", \"identity\": {\"hair\": \"grey hair <lora:{fog|fog}:0.4>\"}}");
        Preview preview = open().preview(GenerationRequest.mix().character("foggy"));

        assertThat(preview.loras())
                .singleElement()
                .satisfies(lora -> assertThat(lora.lora().file()).isEqualTo("fog.safetensors"));
        assertThat(preview.prompt().main()).isEqualTo("(solo:1.2), foggy, grey hair");
    }

    @Test
    void further_folders_of_wildcards_stand_in_the_settings() {
        file("gaze.json", "{\"wildcards\": [\"shared/words\"]}");
        file("shared/words/hue.txt", "teal");
        file("wildcards/own.txt", "red");

        assertThat(open().wildcards().resolve("__hue__ __own__", new Seed(1), 1).texts())
                .containsExactly("teal red");
    }

    @Test
    void an_image_tells_template_and_result() throws IOException {
        Gaze gaze = open();
        serverHasEverything();
        Image image = gaze.generate(
                        GenerationRequest.mix().plus("{teal|teal} sea").seed(5))
                .await(LONG)
                .image();

        String png = new String(Files.readAllBytes(image.file()), StandardCharsets.ISO_8859_1);
        assertThat(png).contains("\"text\":\"teal sea\"").contains("\"expandedFrom\":\"{teal|teal} sea\"");
    }

    @Test
    @Tag("D18")
    void wildcards_that_pictures_used_are_suggested_first() throws IOException {
        file("wildcards/hue.txt", "red");
        file("wildcards/weather.txt", "rain");
        file("wildcards/pet.txt", "cat");
        try (Gaze gaze = open()) {
            serverHasEverything();
            gaze.preview(GenerationRequest.mix().plus("__hue__"));
            gaze.generate(GenerationRequest.mix().plus("__pet__ sea"));
            gaze.generate(GenerationRequest.mix().plus("__weather__").negative("__pet__ fog"));

            assertThat(gaze.wildcards().suggest("", 9)).containsExactly("pet", "weather", "hue");
        }
        assertThat(library.resolve("wildcards/.state/uses.json")).content().contains("\"pet\"", "2");
    }

    // Made to hurt ---------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(
            strings = {"{a|b}, ", "__none__, ", "{", "${x", "%{...$$b}", "{1-9}{2$$a|b}", "tag, ", "((", "\\(", "<lora:"
            })
    @Timeout(30)
    void a_prompt_of_a_megabyte_is_refused_soon(String form) {
        String words = form.repeat(1_000_000 / form.length());
        Gaze gaze = open();

        for (GenerationRequest request : List.of(
                GenerationRequest.mix().plus(words),
                GenerationRequest.mix().plus("sea").negative(words))) {
            assertThatExceptionOfType(GazeException.class)
                    .isThrownBy(() -> gaze.preview(request))
                    .satisfies(wrong -> assertThat(wrong.kind()).isIn(Kind.INVALID, Kind.REFUSED))
                    .satisfies(wrong -> assertThat(wrong.getMessage()).hasSizeLessThan(2_000));
        }
    }

    @Test
    @Timeout(30)
    void a_short_template_that_becomes_megabytes_is_refused() {
        file("wildcards/many.txt", "<repeat[5000]:word >");

        assertThatExceptionOfType(GazeException.class)
                .isThrownBy(() -> open().preview(GenerationRequest.mix().plus("__many__")))
                .satisfies(wrong -> assertThat(wrong.kind()).isIn(Kind.INVALID, Kind.REFUSED))
                .withMessageContaining("20000");
    }

    @Test
    void a_wildcard_that_leads_to_itself_is_told_with_the_field_that_asked() {
        file("wildcards/loop.txt", "{a __loop__|b __loop__}");
        file("data/characters/ann.json", "{\"character_id\": \"ann\", \"identity\": {\"hair\": \"__loop__\"}}");

        assertThatExceptionOfType(GazeException.class)
                .isThrownBy(() -> open().preview(GenerationRequest.mix().character("ann")))
                .satisfies(wrong -> assertThat(wrong.problems().get(0).where())
                        .startsWith("character/ann identity::hair")
                        .contains("loop"))
                .withMessageContaining("refers to itself");
    }

    @Test
    @Timeout(60)
    void wildcards_that_change_while_prompts_are_written_give_old_or_new_words() throws Exception {
        file("wildcards/hue.txt", "red, warm\n");
        Gaze gaze = open();
        ExecutorService writer = Executors.newSingleThreadExecutor();
        try {
            Future<?> writing = writer.submit(() -> {
                for (int i = 0; i < 200; i++) {
                    gaze.wildcards().save("hue", i % 2 == 0 ? "teal, cold\n" : "red, warm\n");
                }
            });
            Set<String> seen = new HashSet<>();
            do {
                seen.add(gaze.prompts().plus("__hue__").build().main());
            } while (!writing.isDone());
            writing.get();

            assertThat(seen).isSubsetOf("red, warm", "teal, cold");
            assertThat(gaze.wildcards().versions("hue")).hasSize(201);
            assertThat(library.resolve("wildcards/hue.txt")).hasContent("red, warm");
        } finally {
            writer.shutdownNow();
        }
    }
}
