package dev.gaze.core.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.template.Wildcards;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Words of others, which templates leave as they are. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("D30")
class LiteralTextTest {
    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "|",
            "#",
            "$",
            "%",
            "_",
            "__",
            "\\",
            "<",
            ">",
            "[",
            "]",
            ":",
            "(",
            ")",
            ",",
            " ",
            "\n",
            "a",
            "hue",
            "2",
            "$$",
            "::",
            "-",
            "~",
            "!",
            "@",
            "...",
            "<random:a,b>",
            "<wc:hue>",
            "<comment:x>",
            "${x=!a}",
            "{a|b}",
            "__hue__",
            "<lora:x:0.8>",
            "<",
            "random",
            "wc");

    private final Words words = Words.none().put("hue", "red");

    static LongStream seeds() {
        return LongStream.range(0, 400);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatever_is_written_is_what_comes_out(long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(14); length >= 0; length--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }

        String literal = Wildcards.literal(text.toString());

        assertThat(words.all(literal)).as("%s as %s", text, literal).containsExactly(Tidy.text(text));
        assertThat(words.warnings(literal)).as(literal).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a lighthouse, (red coat:1.3), [mist]", "a_b, <lora:x:0.8>, \\(artist\\), 100 | 2"})
    void what_means_nothing_to_templates_stays_as_it_is(String text) {
        assertThat(Wildcards.literal(text)).isEqualTo(text);
    }

    @Test
    void half_a_brace_is_no_error() {
        assertThat(words.one(Wildcards.literal("a {red coat, #1 dad, 100%{"))).isEqualTo("a {red coat, #1 dad, 100%{");
    }
}
