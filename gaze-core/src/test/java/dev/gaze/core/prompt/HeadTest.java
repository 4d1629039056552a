package dev.gaze.core.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.problem.Problem;
import dev.gaze.api.prompt.Prompt;
import dev.gaze.api.prompt.PromptPart;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who and how many. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("G68")
class HeadTest {

    private static Prompt prompt(String participants, String hair) {
        return new Shelf()
                .put("character", "ann", "{'identity': {'hair': '%s'}%s}".formatted(hair, participants))
                .prompt()
                .character("ann")
                .build();
    }

    @ParameterizedTest(name = "{0}, {1} gives {2}")
    @CsvSource(delimiter = '|', textBlock = """
            'orientation': '1F'                          | bob               | 1girl, solo, ann, bob
            'orientation': '1F', 'solo_focus': 'true'    | bob               | 1girl, (solo:1.2), ann, bob
            'orientation': '1F', 'solo_focus': true      | bob               | 1girl, (solo:1.2), ann, bob
            'orientation': '1F', 'solo_focus': 'false'   | bob               | 1girl, solo, ann, bob
            'orientation': '1F1M'                        | bob               | 1girl, 1boy, hetero, ann, bob
            'orientation': '1F1M', 'relation': 'none'    | bob               | 1girl, 1boy, ann, bob
            'orientation': '2F', 'solo_focus': true      | bob               | 2girls, multiple girls, yuri, (solo focus:1.2), ann, bob
            'orientation': '1F'                          | 2girls, bob       | 1girl, solo, ann, bob
            'orientation': '1F'                          | (1GIRL, bob:1.1)  | 1girl, solo, ann, (bob:1.1)
            'orientation': '  '                          | bob               | (solo:1.2), ann, bob
            'orientation': ''                            | bob, 2_girls      | (solo:1.2), ann, bob, 2 girls
            'orientation': ''                            | bob, multiple_boys, 6+boys | multiple boys, 6+boys, (solo:1.2), ann, bob
            'orientation': ''                            | (1girl, bob:1.1)  | (1girl:1.1), (solo:1.2), ann, (bob:1.1)
            'orientation': ''                            | no_humans, solo   | no humans, (solo:1.2), ann, solo
            """, quoteCharacter = '"')
    @Tag("G69")
    void the_head_of_a_prompt(String participants, String hair, String main) {
        assertThat(prompt(", 'participants': {%s}".formatted(participants), hair)
                        .main())
                .isEqualTo(main);
    }

    @Test
    @Tag("G70")
    void a_malformed_orientation_is_a_warning_and_counts_are_taken_from_the_words() {
        Prompt prompt = prompt(", 'participants': {'orientation': '1X'}", "1girl, bob");

        assertThat(prompt.main()).isEqualTo("1girl, (solo:1.2), ann, bob");
        assertThat(prompt.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.what()).contains("1X", "character 0"))
                .extracting(Problem::where)
                .isEqualTo("character/ann");
    }

    @Test
    void moved_counts_keep_the_name_of_the_field_they_came_from() {
        Prompt prompt = prompt("", "1girl, bob");

        PromptPart first = prompt.parts().get(0);
        assertThat(first.text()).isEqualTo("1girl");
        assertThat(first.block()).isEqualTo("head");
        assertThat(String.valueOf(first.field())).isEqualTo("identity::hair");
        assertThat(String.valueOf(first.asset())).isEqualTo("character/ann");
    }

    @Test
    void when_nobody_is_chosen_nothing_is_assumed() {
        Shelf shelf = Shelf.withMira().put("action", "dance", "{'action': {'full_body': 'dancing, 2girls'}}");

        assertThat(shelf.prompt().with("scene", "harbour_dawn").build().main()).isEqualTo("harbor, sunrise");
        assertThat(shelf.prompt().with("action", "dance").build().main()).isEqualTo("2girls, dancing");
        assertThat(shelf.prompt().build().main()).isEmpty();
    }

    @Test
    void extras_and_typed_words_keep_their_counts() {
        Shelf shelf = Shelf.withMira().put("action", "dance", "{'action': {'full_body': 'dancing, 2girls'}}");

        assertThat(shelf.prompt()
                        .character("mira_vale")
                        .with("action", "sitting")
                        .with("action", "dance")
                        .plus("3boys")
                        .build()
                        .main())
                .startsWith("1girl, solo, mira vale")
                .endsWith("dancing, 2girls, 3boys");
    }
}
