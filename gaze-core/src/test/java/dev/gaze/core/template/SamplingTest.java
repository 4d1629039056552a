package dev.gaze.core.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.template.Resolution;
import dev.gaze.api.template.Sampling;
import dev.gaze.api.template.TemplateRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** PROMPTS 5, how choices are made. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("D30")
class SamplingTest {
    private final Words words = Words.none()
            .put("hue", "red", "amber")
            .put("pet", "a ${size:small} ${kind}")
            .put("loop", "round __loop__")
            .put("ping", "__pong__")
            .put("pong", "__ping__");

    @Test
    void a_draw_is_the_one_of_splitmix64_against_the_running_sum_of_weights() {
        for (long seed = 0; seed < 200; seed++) {
            double draw = (new SplittableRandom(seed).nextLong() >>> 11) * 0x1.0p-53 * 6;
            String expected = draw < 1 ? "a" : draw < 3 ? "b" : "c";

            assertThat(words.random("{a|2::b|3::c}", seed, 1))
                    .as("seed " + seed)
                    .containsExactly(expected);
        }
    }

    @Test
    void the_nth_result_of_a_seed_is_the_first_of_that_seed_plus_n() {
        String template = "{a|b|c} {1-3$$d|e|f} __hue__";
        List<String> run = words.random(template, -2, 5);

        for (int n = 0; n < 5; n++) {
            assertThat(words.random(template, -2 + n, 1)).containsExactly(run.get(n));
        }
    }

    @Test
    void weights_are_relative() {
        List<String> drawn = words.random("{3::a|b}", 0, 20_000);

        assertThat(Collections.frequency(drawn, "a") / 20_000.0).isCloseTo(0.75, within(0.01));
    }

    @Test
    void weights_hold_for_those_that_are_left_in_a_pick() {
        List<String> drawn = words.random("{2$$ $$8::a|1::b|1::c}", 0, 20_000);

        assertThat(Collections.frequency(drawn, "b c") / 20_000.0).isCloseTo(0.1 * (1 / 9.0), within(0.004));
        assertThat(Collections.frequency(drawn, "a b") / 20_000.0).isCloseTo(0.8 * 0.5, within(0.015));
        assertThat(Collections.frequency(drawn, "b a") / 20_000.0).isCloseTo(0.1 * (8 / 9.0), within(0.01));
    }

    @Test
    void each_draw_of_a_pick_is_against_the_running_sum_of_those_that_are_left() {
        List<Double> weights = List.of(0.3, 2.0, 1.0, 7.5, 0.1, 0.7, 1.0, 3.0, 0.05, 1.1);
        String template = IntStream.range(0, weights.size())
                .mapToObj(i -> weights.get(i) + "::" + i)
                .collect(Collectors.joining("|", "{9$$ $$", "}"));
        for (long seed = 0; seed < 500; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Integer> left =
                    new ArrayList<>(IntStream.range(0, weights.size()).boxed().toList());
            StringJoiner expected = new StringJoiner(" ");
            while (left.size() > 1) {
                double total = left.stream().mapToDouble(weights::get).sum();
                double point = (random.nextLong() >>> 11) * 0x1.0p-53 * total;
                int place = 0;
                for (double sum = weights.get(left.get(0)); sum <= point; sum += weights.get(left.get(place))) {
                    place++;
                }
                expected.add(String.valueOf(left.remove(place)));
            }

            assertThat(words.random(template, seed, 1)).as("seed " + seed).containsExactly(expected.toString());
        }
    }

    @Test
    void copies_of_a_wildcard_are_options_of_their_own() {
        List<String> drawn = words.random("{3#__pet(kind=hen)__|x}", 0, 20_000);

        assertThat(Collections.frequency(drawn, "x") / 20_000.0).isCloseTo(0.25, within(0.01));
        assertThat(words.all("{2$$ $$2#__hue__}")).containsExactly("red", "red amber", "amber red", "amber");
    }

    @Test
    void options_take_turns_counted_by_choice_over_the_whole_run() {
        assertThat(words.inTurn("{@a|b} {@c|d}", 3)).containsExactly("a c", "b d", "a c");
        assertThat(words.inTurn("{a|b} {c|d|e} __hue__", 4))
                .containsExactly("a c red", "b d amber", "a e red", "b c amber");
        assertThat(words.inTurn("{2$$a|b|c}", 3)).containsExactly("a, b", "b, c", "c, a");
    }

    @Test
    void marked_choices_keep_their_way_and_do_not_multiply_results() {
        assertThat(words.all("{a|b|c} {@x|y}")).containsExactly("a x", "b y", "c x");
        assertThat(words.all("{a|b|c} {~x|y}")).hasSize(3);
        assertThat(words.all("{a|b} __@hue__")).containsExactly("a red", "b amber");
    }

    @Test
    void a_combinatorial_choice_walks_on_through_a_random_run() {
        assertThat(words.random("{!a|b|c}", 7, 5)).containsExactly("a", "b", "c", "a", "b");
        assertThat(words.random("{!a|b}{!c|d}", 7, 4)).containsExactly("ac", "ad", "bc", "bd");
    }

    @Test
    void a_combinatorial_choice_inside_another_way_gives_in_to_it() {
        assertThat(words.inTurn("{@{!a|b}|c}", 4)).containsExactly("a", "c", "b", "c");
        assertThat(new HashSet<>(words.random("{{!a|b}|{!c|d}}", 1, 200)))
                .containsExactlyInAnyOrder("a", "b", "c", "d");
        assertThat(words.all("{~{!a|b}|c}")).hasSize(1);
    }

    @Test
    void the_only_wildcard_of_a_pick_gives_its_values_as_options() {
        assertThat(words.all("{2$$ $$__hue__}")).containsExactly("red amber", "amber red");
        assertThat(words.all("{2$$ $$__hue__|x}")).containsExactly("red x", "amber x", "x red", "x amber");
        assertThat(words.all("{2$$__none__}")).containsExactly("__none__");
    }

    @Test
    void parameters_hold_inside_the_wildcards_text() {
        assertThat(words.all("__pet(kind=hen, size={big|tiny})__")).containsExactly("a big hen", "a tiny hen");
        assertThat(words.all("${size=old}__pet(kind=hen (red), size=very ${size})__ ${size}"))
                .containsExactly("a very old hen (red) old");
        assertThat(words.all("__pet(kind=hen__")).containsExactly("__pet(kind=hen__");
    }

    @Test
    void a_variable_that_is_not_set_stays_with_a_warning_and_in_strict_requests_is_an_error() {
        assertThat(words.one("a ${x} b")).isEqualTo("a ${x} b");
        assertThat(words.warnings("a ${x} b")).extracting(Problem::what).containsExactly("Variable 'x' is not set");
        assertThatExceptionOfType(GazeException.class)
                .isThrownBy(() -> words.run(TemplateRequest.of("a ${x} b").strictly()))
                .withMessageContaining("Variable 'x' is not set");
    }

    @Test
    void in_a_path_a_variable_that_is_not_set_is_its_name() {
        assertThat(words.one("__${pet}(kind=hen)__")).isEqualTo("a small hen");
        assertThat(words.texts(TemplateRequest.of("__${x}__").with("x", "pet"))).containsExactly("a small ${kind}");
    }

    @Test
    void variables_of_the_caller_are_no_templates() {
        assertThat(words.texts(TemplateRequest.of("${x}").with("x", "{a|b} __hue__")))
                .containsExactly("{a|b} __hue__");
    }

    @Test
    void a_wildcard_nobody_knows_stays_with_a_warning_and_gives_one_result() {
        assertThat(words.all("__none__ {a|b}")).containsExactly("__none__ a", "__none__ b");
        assertThat(words.warnings("__none__"))
                .singleElement()
                .extracting(Problem::what)
                .asString()
                .contains("'none'");
    }

    @Test
    void what_refers_to_itself_is_an_error() {
        for (String circle : List.of("__loop__", "__ping__", "${x=${x}a}${x}", "${x=${y}}${y=${x}}${x}")) {
            assertThatExceptionOfType(GazeException.class)
                    .isThrownBy(() -> words.one(circle))
                    .withMessageContaining("refers to itself");
        }
    }

    @Test
    void a_malformed_entry_is_plain_text_with_a_warning_and_all_others_work() {
        words.put("torn", "{a|b", "whole");

        assertThat(words.all("__torn__")).containsExactly("{a|b", "whole");
        assertThat(words.run(TemplateRequest.of("__torn__").sampling(Sampling.COMBINATORIAL))
                        .get(0)
                        .warnings())
                .singleElement()
                .satisfies(warning ->
                        assertThat(warning.what()).contains("plain text").contains("never closed"));
    }

    @Test
    void items_are_admitted_by_the_tags_chosen_so_far() {
        Origin list = new Origin("list", "", null);
        words.put("time", item("night", list, rules("DARK")), item("noon", list, rules("bright")));
        words.put(
                "light",
                item("stars", list2(), new ItemRules(Set.of(), Set.of(), Set.of("dark"), Set.of())),
                item("sun", list2(), new ItemRules(Set.of(), Set.of("dark"), Set.of(), Set.of())),
                item("moon", list2(), new ItemRules(Set.of(), Set.of(), Set.of(), Set.of("dark", "clear"))),
                item("lamp", list2(), new ItemRules(Set.of(), Set.of("dark"), Set.of("dark"), Set.of())));

        assertThat(words.all("__time__ __light__")).containsExactly("night stars", "noon sun");
    }

    @Test
    void when_no_item_is_admitted_all_are_and_a_warning_says_so() {
        words.put("odd", item("a", list2(), new ItemRules(Set.of(), Set.of(), Set.of("never"), Set.of())));

        List<Resolution> results = words.run(TemplateRequest.of("__odd__"));
        assertThat(results.get(0).text()).isEqualTo("a");
        assertThat(results.get(0).warnings()).singleElement().asString().contains("No item is admitted");
    }

    @Test
    void results_that_were_given_already_may_be_dropped() {
        assertThat(words.texts(TemplateRequest.of("{a|b}").seed(3).count(10).distinctOnly()))
                .containsExactlyInAnyOrder("a", "b");
        assertThat(words.texts(TemplateRequest.of("{a|b}").seed(3).count(10))).hasSize(10);
    }

    @Test
    void every_combination_comes_once() {
        assertThat(words.all("{a|a|b}{c|c}")).containsExactly("ac", "bc");
    }

    private static Entry item(String text, Origin origin, ItemRules rules) {
        return Entry.of(text, 1, origin, rules);
    }

    private static Origin list2() {
        return new Origin("light", "", null);
    }

    private static ItemRules rules(String tag) {
        return ItemRules.of(List.of(tag), List.of(), List.of(), List.of());
    }
}
