package dev.gaze.core.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.prompt.LiteralTexts;
import dev.gaze.api.prompt.PromptBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How names are found is shown with harmless ones; that the shipped list is enforced, with the list itself. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DenyListTest {
    private final DenyList fruit = new DenyList(List.of("plum", "sour_cherry", "kiwi-like"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plum",
                "a PLUM!",
                "red,plum,blue",
                "(plum:1.2)",
                "((ripe plum))",
                "[plum]",
                "{plum|pear}",
                "pl(um:1.2)",
                "p[l]um",
                "(plum)tree",
                "pl\\um",
                "\\(plum\\)",
                "plum_tree",
                "plum-tree",
                "plum's",
                "ｐｌｕｍ",
                "plúm",
                "pl\u200bum",
                "pl\u00adum",
                "sour_cherry",
                "sour   cherry",
                "sour\ncherry",
                "(sour:1.3) cherry",
                "((sour) (cherry:0.9):1.1)",
                "sour, cherry",
                "kiwi like",
                "kiwi-like"
            })
    void a_name_is_found_as_whole_words_anywhere(String text) {
        assertThat(fruit.check(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plums",
                "aplum",
                "plum2",
                "sour big cherry",
                "cherry sour",
                "sourcherry",
                "kiwi",
                "pl um",
                "1:2"
            })
    void parts_of_words_are_not(String text) {
        assertThat(fruit.check(text)).isEmpty();
    }

    static List<String> shipped() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                DenyList.class.getResourceAsStream("blocked-tags.txt"), StandardCharsets.UTF_8))) {
            return lines.lines().toList();
        }
    }

    @Test
    void twenty_two_names_ship() throws IOException {
        assertThat(shipped()).hasSize(22);
    }

    @ParameterizedTest(name = "name {index} of the shipped list")
    @MethodSource("shipped")
    void every_shipped_name_is_found_in_each_spelling(String name) {
        DenyList list = DenyList.shipped();

        assertThat(Stream.of(name, name.replace('_', ' '), "x, (" + name + ":1.1), y", name.toUpperCase(Locale.ROOT)))
                .allSatisfy(text -> assertThat(list.check(text)).isPresent());
    }

    @Test
    void ordinary_words_pass_the_shipped_list() {
        assertThat(DenyList.shipped().check("1girl, child on swing, lollipop, polo, shot glass, roris, adult"))
                .isEmpty();
    }

    // Enforced -------------------------------------------------------------------------------------------------------

    private static void assertRefused(PromptBuilder prompt, String name, String... places) {
        assertThatExceptionOfType(GazeException.class).isThrownBy(prompt::build).satisfies(refused -> {
            assertThat(refused.kind()).isEqualTo(GazeException.Kind.REFUSED);
            assertThat(refused.problems())
                    .allSatisfy(problem -> assertThat(problem.what()).contains("deny list"));
            assertThat(refused.problems().stream().map(problem -> problem.where()))
                    .contains(places);
            assertThat(refused.getMessage()).doesNotContain("long hair");
        });
    }

    @Test
    void a_prompt_with_a_listed_name_is_refused_with_asset_and_field() throws IOException {
        String name = shipped().get(3);
        Shelf shelf = Shelf.withMira().put("action", "bad", "{'action': {'head': 'nod, (%s:1.1)'}}".formatted(name));

        assertRefused(shelf.prompt().character("mira_vale").with("action", "bad"), name, "action/bad action::head");
        assertRefused(
                shelf.prompt().character("mira_vale").with("action", "sitting").with("action", "bad"),
                name,
                "action/bad action::head");
        assertThatExceptionOfType(GazeException.class)
                .isThrownBy(() -> shelf.prompt().with("action", "bad").extras());
    }

    @Test
    void typed_words_template_texts_and_loras_are_looked_through_too() throws IOException {
        String name = shipped().get(3);
        PromptBuilder mira = Shelf.withMira().prompt().character("mira_vale");

        assertRefused(mira.plus(name), name, "words of 'plus'");
        assertRefused(mira.plus("<lora:" + name + ":1>"), name, "words of 'plus'");
        assertRefused(
                mira.literals(new LiteralTexts("{{POSITIVE_PROMPT}}, " + name, "", "", "")),
                name,
                "words of 'template'");
        assertRefused(
                mira.literals(new LiteralTexts("{{POSITIVE_PROMPT}}", "", name, "")), name, "the template's face text");
        assertRefused(
                mira.literals(new LiteralTexts("{{POSITIVE_PROMPT}}", "", "", name)), name, "the template's hand text");
    }

    @Test
    void a_pair_that_would_cancel_hides_nothing() throws IOException {
        String name = shipped().get(3);

        assertRefused(
                Shelf.withMira().prompt().character("mira_vale").plus(name).negative(name), name, "words of 'plus'");
    }

    @Test
    void a_name_whose_words_come_from_two_places_is_found() throws IOException {
        String name = shipped().get(0).replace('_', ' ');
        int blank = name.indexOf(' ');
        PromptBuilder prompt = Shelf.withMira()
                .put("action", "half", "{'action': {'full_body': '%s'}}".formatted(name.substring(0, blank)))
                .prompt()
                .with("action", "half")
                .plus(name.substring(blank + 1));

        assertRefused(prompt, name, "the texts of this prompt taken together");
    }

    @Test
    void negatives_are_exempt() throws IOException {
        String name = shipped().get(3);

        assertThat(Shelf.withMira()
                        .prompt()
                        .character("mira_vale")
                        .negative(name)
                        .literals(new LiteralTexts("{{POSITIVE_PROMPT}}", name, "", ""))
                        .build()
                        .negative())
                .isEqualTo(name + ", " + name);
    }
}
