package dev.gaze.core.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.template.Resolution;
import dev.gaze.api.template.Sampling;
import dev.gaze.api.template.TemplateRequest;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates that were made to hurt: each ends soon, with a text or a problem. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(30)
class HostileTemplateTest {
    private static final int MEGABYTE = 1_000_000;

    private final Words words = Words.none();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{a|",
                "${",
                "${a",
                "%{",
                "%{a$$",
                "__",
                "__a ",
                "__a(",
                "__a(b=",
                "__a(b={c}",
                "<random:",
                "<wc[1]:",
                "<",
                "[",
                "[a",
                "#",
                " # ",
                "\\",
                "\\_",
                "{a:",
                "{a: [b] ",
                "{1-",
                "{2$$",
                "{~",
                "}",
                "|",
                ",",
                "_",
                "__{a",
                "<random:{",
                "{<random:a|"
            })
    void a_megabyte_of_beginnings_without_an_end(String beginning) {
        outcome(beginning.repeat(MEGABYTE / beginning.length()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{a|b}", "__none__", "${x}", "<random:a,b>", "{1-3}", "{cat}", "%{...$$b}", "\\{", "${x=1}"})
    void a_megabyte_of_forms_is_written(String form) {
        assertThat(words.one(form.repeat(MEGABYTE / form.length()))).isNotNull();
    }

    @Test
    void a_hundred_levels_are_read_and_one_more_is_an_error() {
        assertThat(words.one("{".repeat(100) + "a|b" + "}".repeat(100))).isIn("a", "b");
        assertThatExceptionOfType(GazeException.class)
                .isThrownBy(() -> words.one("{".repeat(101) + "a|b" + "}".repeat(101)))
                .withMessageContaining("deeper than 100 levels");
    }

    @Test
    void a_hundred_wildcards_inside_one_another_are_followed_and_one_more_is_an_error() {
        for (int i = 0; i < 101; i++) {
            words.put("w" + i, i == 100 ? "end" : "__w" + (i + 1) + "__");
        }

        assertThat(words.one("__w1__")).isEqualTo("end");
        assertThatExceptionOfType(GazeException.class)
                .isThrownBy(() -> words.one("__w0__"))
                .satisfies(wrong -> assertThat(wrong.kind()).isEqualTo(Kind.INVALID))
                .withMessageContaining("deeper than 100 levels");
    }

    @Test
    void variables_that_double_each_other_are_refused() {
        String doubling = IntStream.range(1, 60)
                .mapToObj(i -> "${x%d=${x%d}${x%d}}".formatted(i, i - 1, i - 1))
                .collect(Collectors.joining());

        assertThatExceptionOfType(GazeException.class)
                .isThrownBy(() -> words.one("${x0=ha}" + doubling + "${x59}"))
                .satisfies(wrong -> assertThat(wrong.kind()).isEqualTo(Kind.REFUSED));
    }

    @Test
    void repeating_without_measure_is_refused() {
        assertThatExceptionOfType(GazeException.class)
                .isThrownBy(() -> words.one("<repeat[999999999]:a>"))
                .satisfies(wrong -> assertThat(wrong.kind()).isEqualTo(Kind.REFUSED));
        assertThatExceptionOfType(GazeException.class)
                .isThrownBy(() -> words.one("{999999$$" + "a|".repeat(20_000) + "b}"))
                .satisfies(wrong -> assertThat(wrong.kind()).isEqualTo(Kind.REFUSED));
        assertThatExceptionOfType(GazeException.class)
                .isThrownBy(() -> words.one("{999999999#__a__|b}"))
                .satisfies(wrong -> assertThat(wrong.kind()).isEqualTo(Kind.INVALID));
    }

    @Test
    void combinations_without_end_cost_what_is_asked_for() {
        TemplateRequest request = TemplateRequest.of("{a|b}".repeat(60)).sampling(Sampling.COMBINATORIAL);

        assertThat(words.texts(request.count(3)))
                .containsExactly("a".repeat(60), "a".repeat(59) + "b", "a".repeat(58) + "ba");
    }

    @Test
    void combinations_that_give_nothing_new_are_given_up_with_a_warning() {
        TemplateRun run = new TemplateRun(
                TemplateRequest.of("{a|a}".repeat(60))
                        .sampling(Sampling.COMBINATORIAL)
                        .count(2),
                words);

        assertThat(run.next()).extracting(Resolution::text).isEqualTo("a".repeat(60));
        assertThat(run.next()).isNull();
        assertThat(run.warnings()).singleElement().asString().contains("nothing new");
    }

    @ParameterizedTest
    @EnumSource(Sampling.class)
    void a_pick_from_a_large_list_of_equal_texts_ends_soon_with_a_warning(Sampling sampling) {
        String[] same = new String[300_000];
        Arrays.fill(same, "a");
        words.put("same", same);

        Resolution found = words.run(
                        TemplateRequest.of("{2$$__same__} b").sampling(sampling).count(1))
                .get(0);

        assertThat(found.text()).isEqualTo("a b");
        assertThat(found.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.what()).contains("A pick of 2 found 1 different"));
    }

    @Test
    void a_pick_from_a_large_list_of_equal_texts_with_weights_ends_soon() {
        Origin list = new Origin("same", "", null);
        Entry[] same = new Entry[300_000];
        Arrays.setAll(same, i -> Entry.of("a", i == 0 ? 0.3 : 1, list, ItemRules.NONE));
        words.put("same", same);

        assertThat(words.one("{2-5$$__same__} b")).isEqualTo("a b");
    }

    @Test
    void all_of_an_ordinary_list_is_looked_through_for_a_text_that_is_new() {
        String[] mostlySame = new String[Evaluation.MOST_PICKED];
        Arrays.fill(mostlySame, "a");
        mostlySame[mostlySame.length - 1] = "b";
        words.put("mostlySame", mostlySame);

        assertThat(words.inTurn("{2$$__mostlySame__}", 1)).containsExactly("a, b");
        assertThat(words.warnings("{2$$__mostlySame__}")).isEmpty();
    }

    @Test
    void a_range_beyond_all_numbers_is_no_range() {
        assertThat(words.one("{0-999999999999999:0.000000001}")).isEqualTo("0-999999999999999:0.000000001");
        assertThat(words.one("{0-99999999999999999999}")).isEqualTo("0-99999999999999999999");
    }

    private void outcome(String template) {
        try {
            assertThat(words.one(template)).isNotNull();
        } catch (GazeException refused) {
            assertThat(refused.kind()).isIn(Kind.INVALID, Kind.REFUSED);
        }
    }
}
