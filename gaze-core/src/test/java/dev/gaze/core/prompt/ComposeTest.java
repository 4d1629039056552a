package dev.gaze.core.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.prompt.Prompt;
import dev.gaze.api.prompt.PromptBuilder;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The main line: one character, and several assets in one prompt. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("G11")
class ComposeTest {
    private static final String YUNA_MAIN = "yuna \\(ff10\\), final fantasy x, yunaX, adult, short hair, brown hair, "
            + "heterochromia, slender fingers, white shirt, detached sleeves, smile, ^_^, beach, anime coloring";

    private static Shelf yuna(String participants) {
        return new Shelf().put("character", "yuna_(ff10)", """
                {'character_id': 'yuna_(ff10)', 'series': 'final_fantasy_x', %s
                 'identity': {'base_specs': '1girl, adult', 'hair': 'short hair, brown_hair', 'eyes': 'heterochromia',
                              'hands': 'slender fingers'},
                 'defaults': {'expression': 'smile, ^_^', 'scene': 'beach'},
                 'wardrobe': {'default': {'top': 'white shirt', 'gloves': 'detached sleeves'}},
                 'styles': {'aesthetic': 'anime coloring', 'primary_color': 'teal'},
                 'lora': {'lora_triggers': 'yunaX'}}""".formatted(participants));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "'participants': {'orientation': '1F', 'solo_focus': true},"})
    @Tag("G60")
    @Tag("G68")
    @Tag("G69")
    void one_girl_alone(String participants) {
        Prompt prompt = yuna(participants).prompt().character("yuna_ff10").build();

        assertThat(prompt.main()).isEqualTo("1girl, (solo:1.2), " + YUNA_MAIN);
        assertThat(prompt.face()).isEqualTo("yuna \\(ff10\\), short hair, brown hair, heterochromia, smile, ^_^");
        assertThat(prompt.hand()).isEqualTo("detached sleeves");
        assertThat(prompt.positive()).isEqualTo(prompt.main());
        assertThat(prompt.negative()).isEmpty();
        assertThat(prompt.warnings()).isEmpty();
    }

    @Test
    void two_with_the_focus_on_one() {
        Shelf shelf = yuna("'participants': {'orientation': '1F1M', 'solo_focus': 'true'},");

        assertThat(shelf.prompt().character("yuna_ff10").build().main())
                .isEqualTo("1girl, 1boy, hetero, (solo focus:1.2), " + YUNA_MAIN);
    }

    @Test
    @Tag("G22")
    @Tag("G23")
    void selected_fields_and_only_those() {
        Prompt prompt = yuna("'participants': {'orientation': '1F'},")
                .prompt()
                .character("yuna_ff10")
                .only("identity::hair", "special::name")
                .build();

        assertThat(prompt.main()).isEqualTo("1girl, solo, yuna \\(ff10\\), short hair, brown hair");
    }

    @Test
    void a_character_on_its_own() {
        assertThat(Shelf.withMira().prompt().character("mira_vale").build().main())
                .isEqualTo("1girl, solo, mira vale, miraV, long hair, red hair, green eyes, white shirt, jeans, smile, "
                        + "standing, street");
    }

    @Test
    void a_merged_outfit_replaces_her_own_and_a_merged_scene_silences_her_usual_one() {
        Prompt prompt = Shelf.withMira()
                .prompt()
                .character("mira_vale")
                .with("outfit", "raincoat")
                .with("scene", "harbour_dawn")
                .build();

        assertThat(prompt.main())
                .isEqualTo("1girl, solo, mira vale, miraV, rainC, long hair, red hair, green eyes, yellow raincoat, "
                        + "rubber boots, smile, standing, harbor, sunrise");
    }

    @Test
    @Tag("G102")
    void a_second_outfit_goes_to_the_extras_and_added_words_to_the_end() {
        PromptBuilder mix = Shelf.withMira()
                .prompt()
                .character("mira_vale")
                .with("outfit", "raincoat")
                .with("scene", "harbour_dawn")
                .with("action", "sitting")
                .with("outfit", "stage")
                .plus("wind");

        assertThat(mix.build().main())
                .isEqualTo("1girl, solo, mira vale, miraV, rainC, long hair, red hair, green eyes, yellow raincoat, "
                        + "rubber boots, sitting, crossed legs, smile, harbor, sunrise, stageD, stage dress, wind");
    }
}
