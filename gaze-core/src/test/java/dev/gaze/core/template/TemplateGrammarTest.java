package dev.gaze.core.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PROMPTS 5, the grammar. In tables · stands between results. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("D30")
class TemplateGrammarTest {
    private final Words words = Words.none();

    @ParameterizedTest(name = "{0} gives {1}")
    @CsvSource(
            delimiter = ';',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "{cat|dog} nap;cat nap·dog nap",
                "{a|b}{1|2};a1·a2·b1·b2",
                "{small |}hut;small hut·hut",
                "{2::oak|elm};oak·elm",
                "{0::oak|elm};elm",
                "{0.5::a|.5::b|2.::c};a·b·c",
                "{2$$ and $$a|b};a and b·b and a",
                "{1-2$$a|b};a·b·a, b·b, a",
                "{2-1$$a|b};a·b·a, b·b, a",
                "{0-1$$wet} road;road·wet road",
                "{9$$ $$a|b};a b·b a",
                "{1-$$ $$a|b};a·b·a b·b a",
                "{-1$$a|b};a·b",
                "{2$$a|a|b};a, b·b, a",
                "{2$$|$$a|b};a|b·b|a",
                "{a|b|{c|d}};a·b·c·d",
                "{1-3} cups;1 cups·2 cups·3 cups",
                "{3-1};1·2·3",
                "{-1-1};-1·0·1",
                "{1-2:0.5};1.0·1.5·2.0",
                "{0.1-0.12};0.10·0.11·0.12",
                "{1-1.5:.25};1.00·1.25·1.50",
                "{@_@|^_^};@_@·^_^",
                "{!a|b};a·b",
                "(a:1.2), [a|b];(a:1.2), [a|b]",
                "50% $5 a__b;50% $5 a__b",
                "{cat};cat",
                "{};",
                "a}b|c;a}b|c",
                "a {b\\|c} d;a b|c d",
                "\\{a\\|b\\};{a\\|b}",
                "\\# \\$ \\% \\__x__;# $ % __x__",
                "\\(a\\) \\m/;\\(a\\) \\m/",
                "<lora:fog:0.4>, sea;<lora:fog:0.4>, sea",
                ">_<, ^_^;>_<, ^_^",
                "{cat: a dog};cat: a dog",
                "${c={x|y}} ${c}${c};xx·xy·yx·yy",
                "${c=!{x|y}} ${c}${c};xx·yy",
                "${c:z};z",
                "${c=a}${c?=b}${c};a",
                "${c?=b}${c};b",
                "${x=a}${x=!${x}b}${x};ab",
                "${c=1}{${c=2}${c}|${c}} ${c};2 1·1 1",
                "%{poster of ..., flat$$a fox};poster of a fox, flat",
                "%{a …… b$$x};a x… b",
                "%{a ..... b$$x};a x b",
                "%{a, $$b};a, b",
                "%{a .. ...$$b};a .. b",
            })
    void a_template_gives_all_of_its_results_in_order(String template, String results) {
        List<String> expected = results == null ? List.of("") : Arrays.asList(results.split("·"));

        assertThat(words.all(template)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} gives {1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "<random:a,b>;a·b",
                "<random:a,b|c>;a,b·c",
                "<random:a|b||c>;a|b·c",
                "<random[2]:a,b>;a b·b a",
                "<random[1-2,]:a,b>;a·b·a, b·b, a",
                "<random:{a|b},<random:c,d>>;a·b·c·d",
                "<setvar[x]:<random:a,b>> <var:x>;a a·b b",
                "<setvar[x,false]:{a|b}> <var:x>;a·b",
                "<setmacro[x]:{a|b}> <macro:x><macro:x>;aa·ab·ba·bb",
                "<repeat[2]:{a|b}>;a a·a b·b a·b b",
                "a<comment:not this> b;a b",
                "<segment:face> x;<segment:face> x",
                "<random:a;<random:a",
                "<setvar:x> y;<setvar:x> y",
                "{<random:a|b};<random:a·b",
            })
    void tags_of_swarmui_are_read(String template, String results) {
        assertThat(words.all(template)).isEqualTo(Arrays.asList(results.split("·")));
    }

    @Test
    void comments_take_lines_and_line_ends_but_no_tags() {
        assertThat(words.one("# all of it\nred # the rest\nblue, #tag, a#b")).isEqualTo("red blue, #tag, a#b");
        assertThat(words.one("red #")).isEqualTo("red");
    }

    @Test
    void blanks_that_touch_braces_and_bars_go_when_a_line_ends_among_them() {
        assertThat(words.all("{\n  red\n  | dark blue |\n  2::green\n} hat"))
                .containsExactly("red hat", "dark blue hat", "green hat");
    }

    @Test
    void the_finished_text_is_tidied() {
        assertThat(words.one("{ } , a ,,\t b ,\n, c , ")).isEqualTo("a, b, c");
    }

    @ParameterizedTest(name = "{0} is wrong at {1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "a {b|c;line 1, column 3 (offset 2)",
                "a {b|{c};line 1, column 3 (offset 2)",
                "a ${b;line 1, column 3 (offset 2)",
                "a ${};line 1, column 3 (offset 2)",
                "a ${1x};line 1, column 3 (offset 2)",
                "a ${b!c};line 1, column 3 (offset 2)",
                "a %{b$$c;line 1, column 3 (offset 2)",
                "a %{b};line 1, column 3 (offset 2)",
            })
    void what_is_not_closed_or_malformed_is_an_error_with_its_place(String template, String place) {
        assertThatExceptionOfType(GazeException.class)
                .isThrownBy(() -> words.one(template))
                .satisfies(wrong -> {
                    assertThat(wrong.kind()).isEqualTo(Kind.INVALID);
                    assertThat(wrong.problems().get(0).where()).isEqualTo(place);
                    assertThat(wrong.problems().get(0).fix()).isNotNull();
                });
    }

    @Test
    @Tag("D18")
    void the_place_of_an_error_counts_lines() {
        assertThatExceptionOfType(GazeException.class)
                .isThrownBy(() -> words.one("red,\nblue,\n  {green"))
                .satisfies(
                        wrong -> assertThat(wrong.problems().get(0).where()).isEqualTo("line 3, column 3 (offset 13)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1girl, solo", "a_b", "(a:1.2), [a|b]", "a|b}c", "50% $5", "saber \\(fate\\)", "\\m/"})
    void a_text_without_a_sign_of_a_template_is_seen_at_once(String text) {
        assertThat(TemplateParser.isPlain(text)).isTrue();
        assertThat(TemplateParser.parse(text)).isEqualTo(new Node.Text(text));
    }
}
