package dev.gaze.core.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.prompt.LiteralTexts;
import dev.gaze.api.prompt.Match;
import dev.gaze.api.prompt.Prompt;
import dev.gaze.api.prompt.PromptPart;
import dev.gaze.api.prompt.PromptPart.Target;
import dev.gaze.api.prompt.Selection;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands around the merged words: extras, additions, background, base and template texts. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AroundTest {

    private static Shelf shelf() {
        return Shelf.withMira()
                .put("style", "ink", "{'style': {'artistic_style': 'ink_wash', 'artist_name': 'some_artist'}}")
                .put("style", "chalk", "{'style': {'artistic_style': 'chalk'}, 'lora': {'lora_triggers': 'chalkX'}}")
                .put("detailer", "skin", "{'prompt': ['detailed skin', 'pores']}")
                .put("scene", "attic", "{'scene': {'theme': 'dust', 'background': 'attic'}, 'tags': ['indoors']}")
                .put("look", "night", "{'negative': 'sun', 'positive': 'night'}")
                .put("checkpoint", "Illustrious/model.safetensors", """
                        {'checkpoint_path': 'Illustrious/model.safetensors', 'base_positive': 'score_9, masterpiece',
                         'base_negative': 'worst_quality'}""")
                .put("checkpoint", "Noob/tail.safetensors", """
                        {'checkpoint_path': 'Noob/tail.safetensors', 'base_positive': 'masterpiece',
                         'base_position': 'suffix'}""");
    }

    // Extras ---------------------------------------------------------------------------------------------------------

    @Test
    @Tag("G25")
    void extras_stand_by_category_each_with_its_triggers_in_front() {
        assertThat(shelf().prompt()
                        .with("detailer", "skin")
                        .with("style", "ink")
                        .with("style", "chalk")
                        .with("scene", "attic")
                        .with("outfit", "stage")
                        .with("outfit", "raincoat")
                        .with("action", "sitting")
                        .extras())
                .isEqualTo("sitting, crossed legs, stageD, stage dress, rainC, yellow raincoat, rubber boots, attic, "
                        + "dust, indoors, some artist, ink wash, chalkX, chalk, detailed skin, pores");
        assertThat(shelf().prompt().extras()).isEmpty();
    }

    @Test
    @Tag("G25")
    void extras_are_not_ruled_by_a_selection() {
        assertThat(shelf().prompt()
                        .character("mira_vale")
                        .with("action", "sitting")
                        .with("outfit", "raincoat")
                        .with("outfit", "stage")
                        .only("special::name")
                        .build()
                        .main())
                .isEqualTo("1girl, solo, mira vale, stageD, stage dress");
    }

    // Background -----------------------------------------------------------------------------------------------------

    @Test
    @Tag("G41")
    void a_picture_made_for_an_action_stands_before_a_plain_background_in_the_characters_colour() {
        Shelf shelf = shelf().put("character", "ann", "{'styles': {'primary_color': 'light_teal'}}")
                .put("action", "sit", "{'action': {'full_body': '1girl, sitting'}}");

        assertThat(shelf.prompt()
                        .selecting(Selection.of("action", "sit"))
                        .build()
                        .main())
                .isEqualTo("1girl, sitting, simple background");
        assertThat(shelf.prompt()
                        .selecting(Selection.of("action", "sit").with("character", "ann"))
                        .build()
                        .main())
                .isEqualTo("1girl, (solo:1.2), ann, sitting, light teal simple background");
    }

    @ParameterizedTest
    @ValueSource(strings = {"action/sitting", "outfit/raincoat", "style/ink", "detailer/skin"})
    @Tag("G38")
    @Tag("G41")
    void the_background_belongs_to_actions_outfits_styles_and_detailers(String key) {
        assertThat(madeFor(key).main()).endsWith(", simple background").contains("mira vale");
    }

    @ParameterizedTest
    @ValueSource(strings = {"scene/attic", "look/night", "character/mira_vale"})
    @Tag("G38")
    @Tag("G41")
    void and_not_to_scenes_looks_and_characters(String key) {
        assertThat(madeFor(key).main()).doesNotContain("simple background").contains("mira vale");
    }

    @Test
    @Tag("G38")
    @Tag("G41")
    void a_checkpoint_shows_itself_on_a_plain_background() {
        Selection made = Selection.of("checkpoint", "Illustrious_model_safetensors");

        assertThat(shelf().prompt().selecting(made).build().positive())
                .isEqualTo("score_9, masterpiece, simple background");
        assertThat(shelf().prompt()
                        .selecting(made.with("character", "mira_vale"))
                        .build()
                        .positive())
                .startsWith("score_9, masterpiece, 1girl, solo, mira vale")
                .endsWith("street, simple background");
    }

    @Test
    @Tag("G41")
    @Tag("G47")
    void added_words_stand_in_front_of_the_background() {
        Prompt prompt = shelf().prompt()
                .selecting(Selection.of("detailer", "skin")
                        .with("character", "mira_vale")
                        .with("action", "sitting")
                        .plus("wind")
                        .negative("fog"))
                .build();

        assertThat(prompt.main()).endsWith("detailed skin, pores, wind, simple background");
        assertThat(prompt.main()).contains("sitting, crossed legs");
        assertThat(prompt.negative()).isEqualTo("fog");
    }

    private static Prompt madeFor(String key) {
        String[] parts = key.split("/");
        Selection made = Selection.of(parts[0], parts[1]);
        return shelf().prompt()
                .selecting(parts[0].equals("character") ? made : made.with("character", "mira_vale"))
                .build();
    }

    // Base, negative, template ---------------------------------------------------------------------------------------

    @Test
    @Tag("G32")
    @Tag("G77")
    void base_texts_go_in_front_or_behind_and_are_sent_as_they_are_written() {
        assertThat(shelf().prompt()
                        .with("action", "sitting")
                        .with("checkpoint", "Illustrious_model_safetensors")
                        .build()
                        .positive())
                .isEqualTo("score_9, masterpiece, sitting, crossed legs");
        assertThat(shelf().prompt()
                        .with("action", "sitting")
                        .with("checkpoint", "Noob_tail_safetensors")
                        .build()
                        .positive())
                .isEqualTo("sitting, crossed legs, masterpiece");
    }

    @Test
    @Tag("G29")
    @Tag("G33")
    @Tag("G76")
    void the_negative_is_base_look_custom_and_template_in_that_order() {
        Prompt prompt = shelf().prompt()
                .character("mira_vale")
                .with("look", "night")
                .with("checkpoint", "Illustrious_model_safetensors")
                .negative("fog, (mist")
                .literals(new LiteralTexts(LiteralTexts.POSITIVE_PLACEHOLDER, "text,logo", "", ""))
                .build();

        assertThat(prompt.negative()).isEqualTo("worst_quality, sun, fog, \\(mist, text, logo");
        assertThat(prompt.parts().stream().filter(part -> part.target() == Target.NEGATIVE))
                .extracting(PromptPart::block)
                .containsExactly("base", "negative", "plus", "template");
    }

    @Test
    void the_templates_own_words_stay_around_the_main_ones_to_the_letter() {
        LiteralTexts literals = new LiteralTexts("a photo of {{POSITIVE_PROMPT}} in (rain", "", "", "");
        Shelf shelf = shelf();

        assertThat(shelf.prompt()
                        .with("action", "sitting")
                        .with("checkpoint", "Illustrious_model_safetensors")
                        .literals(literals)
                        .build()
                        .positive())
                .isEqualTo("score_9, masterpiece, a photo of sitting, crossed legs in \\(rain");
        Prompt tail = shelf.prompt()
                .with("action", "sitting")
                .with("checkpoint", "Noob_tail_safetensors")
                .literals(literals)
                .build();
        assertThat(tail.positive()).isEqualTo("a photo of sitting, crossed legs in \\(rain, masterpiece");
        assertThat(tail.main()).isEqualTo("sitting, crossed legs");
        assertThat(tail.parts())
                .extracting(PromptPart::text)
                .containsExactly("a photo of", "sitting", "crossed legs", "in (rain", "masterpiece");
    }

    @Test
    void a_group_around_the_placeholder_stays_a_group() {
        assertThat(shelf().prompt()
                        .with("action", "sitting")
                        .literals(new LiteralTexts("(best, {{POSITIVE_PROMPT}}:1.1)", "crossed_legs", "", ""))
                        .build()
                        .positive())
                .isEqualTo("(best, sitting:1.1)");
    }

    @Test
    void without_a_placeholder_the_words_replace_the_templates_text() {
        assertThat(shelf().prompt()
                        .with("action", "sitting")
                        .literals(new LiteralTexts("a cat", "", "", ""))
                        .build()
                        .positive())
                .isEqualTo("sitting, crossed legs");
    }

    @Test
    @Tag("G34")
    void cross_dedup_comes_last_and_knows_all_texts() {
        Prompt prompt = shelf().prompt()
                .with("action", "sitting")
                .plus("logo, fog")
                .negative("sitting")
                .literals(new LiteralTexts("{{POSITIVE_PROMPT}}, (rain:1.3)", "logo, rain", "", ""))
                .build();

        assertThat(prompt.positive()).isEqualTo("crossed legs, fog");
        assertThat(prompt.negative()).isEmpty();
        assertThat(prompt.main()).isEqualTo("sitting, crossed legs, logo, fog");
        assertThat(shelf().prompt()
                        .with("action", "sitting")
                        .negative("(sitting:1.2)")
                        .match(Match.EXACT)
                        .build()
                        .positive())
                .isEqualTo("sitting, crossed legs");
    }

    // What does not belong among words -------------------------------------------------------------------------------

    @Test
    void loras_among_the_words_are_taken_out_and_keep_their_origin() {
        Shelf shelf = shelf().put(
                        "action", "drift", "{'action': {'head': 'mist <lora:fog:0.4>, sea', 'arms': '<lora:arm>'}}");

        Prompt prompt = shelf.prompt()
                .with("action", "drift")
                .plus("<lora:wind:0.5:0.2> breeze")
                .build();

        assertThat(prompt.main()).isEqualTo("mist, sea, breeze");
        assertThat(prompt.face()).isEqualTo("mist, sea");
        assertThat(prompt.hand()).isEmpty();
        assertThat(prompt.parts().stream().filter(part -> part.target() == Target.LORA))
                .extracting(part -> part.text() + " " + part.asset() + " " + part.field())
                .containsExactly(
                        "<lora:fog:0.4> action/drift action::head",
                        "<lora:arm> action/drift action::arms",
                        "<lora:wind:0.5:0.2> null null");
    }

    @Test
    void the_syntax_of_other_programs_is_kept_with_a_warning() {
        Prompt prompt = shelf().prompt()
                .with("action", "sitting")
                .plus("sea BREAK sky, [day:night:0.5], [a|b], cat AND dog, ANDROID, [plain]")
                .build();

        assertThat(prompt.main()).contains("sea BREAK sky, [day:night:0.5], [a|b], cat AND dog");
        assertThat(prompt.warnings())
                .extracting(Problem::what)
                .satisfiesExactly(
                        one -> assertThat(one).contains("BREAK"),
                        one -> assertThat(one).contains("AND"),
                        one -> assertThat(one).contains("[a:b:0.5]"),
                        one -> assertThat(one).contains("[a|b]"));
        assertThat(prompt.warnings()).extracting(Problem::where).containsOnly("words of 'plus'");
    }

    @Test
    @Tag("I81")
    void a_text_beyond_the_limit_is_refused_with_its_length() {
        String long1 = "word, ".repeat(3_400);

        assertThatExceptionOfType(GazeException.class)
                .isThrownBy(() -> shelf().prompt().plus(long1).build())
                .withMessageContaining("20398")
                .withMessageContaining("20000")
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(GazeException.Kind.REFUSED));
        assertThat(shelf().prompt().plus("word, ".repeat(3_000)).build().main()).hasSize(17_998);
    }

    @Test
    void a_checkpoint_with_an_impossible_value_is_told_by_its_name() {
        Shelf shelf = shelf().put("checkpoint", "bad", "{'checkpoint_path': 'bad.safetensors', 'steps': 5000}");

        assertThatExceptionOfType(GazeException.class)
                .isThrownBy(() -> shelf.prompt().with("checkpoint", "bad").build())
                .satisfies(wrong -> assertThat(wrong.problems())
                        .containsExactly(new Problem(
                                "Steps must be between 1 and 150, got 5000",
                                "checkpoint/bad",
                                "correct the value in its file")));
    }

    @Test
    void all_words_of_a_request_are_found_in_its_parts() {
        Prompt prompt = shelf().prompt()
                .selecting(Selection.of("outfit", "raincoat")
                        .with("outfit", "stage")
                        .plus("wind")
                        .negative("fog"))
                .with("checkpoint", "Illustrious_model_safetensors")
                .build();

        assertThat(List.of("base", "triggers", "wardrobe", "extras", "plus", "background", "base", "plus"))
                .isSubsetOf(prompt.parts().stream().map(PromptPart::block).toList());
        assertThat(prompt.toString()).contains("outfit/stage", "yellow raincoat", "negative  worst_quality, fog");
    }
}
