package dev.gaze.core.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TagTextTest {

    @ParameterizedTest(name = "{0} is written {1}")
    @CsvSource(delimiter = '|', textBlock = """
            brown_hair | brown hair
            saber_(fate) | saber \\(fate\\)
            saber \\(fate\\) | saber \\(fate\\)
            ^_^ | ^_^
            >_< | >_<
            o_o | o_o
            @_@ | @_@
            '|_|' | '|_|'
            \\m/ | \\m/
            :) | :\\)
            :( | :\\(
            (smile:1.2) | (smile:1.2)
            (smile:1.20) | (smile:1.2)
            (smile:1.256) | (smile:1.26)
            (smile:1.0) | smile
            (smile, wink:1) | smile, wink
            (smile:0.001) | (smile:0)
            (smile:-0.5) | (smile:-0.5)
            (smile:1e-1) | (smile:0.1)
            (smile) | (smile)
            ((long_hair)) | ((long hair))
            ((a:1), b:1.1) | ((a:1), b:1.1)
            (long_hair,blue_eyes:1.1) | (long hair, blue eyes:1.1)
            big (red) hat | big (red) hat
            embedding:easy_negative | embedding:easy_negative
            (embedding:easy_negative:1.2) | (embedding:easy_negative:1.2)
            embedding:a(b | embedding:a\\(b
            a,b , , c | a, b, c
            _ | _
            _foo | foo
            (,) | ''
            """)
    void a_field_value_becomes_tags(String value, String tags) {
        assertThat(TagText.field(value).text()).isEqualTo(tags);
    }

    @ParameterizedTest(name = "{0} is written {1}")
    @CsvSource(delimiter = '|', textBlock = """
            yuna_(ff10) | yuna \\(ff10\\)
            yuna \\(ff10\\) | yuna \\(ff10\\)
            (yuna) | \\(yuna\\)
            rin (nox | rin \\(nox
            final_fantasy_x | final fantasy x
            """)
    void in_a_name_every_parenthesis_belongs_to_the_name(String value, String tags) {
        assertThat(TagText.name(value).text()).isEqualTo(tags);
    }

    static List<Long> seeds() {
        return IntStream.range(0, 500).mapToObj(Long::valueOf).toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void what_is_written_never_holds_an_unpaired_parenthesis_that_is_not_escaped(long seed) {
        CrossDedupTest.RandomText random = new CrossDedupTest.RandomText(seed);
        for (String text : List.of(
                TagText.field(random.text()).text(),
                TagText.name(random.text()).text(),
                TypedText.of(random.text()).text())) {
            assertThat(Parentheses.escapeUnpaired(text)).isEqualTo(text);
        }
    }

    @ParameterizedTest(name = "{0} leaves {1}")
    @CsvSource(delimiter = '|', textBlock = """
            mist <lora:fog:0.4>, sea | mist, sea
            <lora:fog>, mist | mist
            mist <lora:a:1> <lora:b:1:0.5> sea | mist sea
            mist, <LORA:fog:0.4> | mist
            mist <lora:fog | mist <lora:fog
            """)
    void loras_are_taken_out_and_what_is_left_is_tidied(String typed, String left) {
        assertThat(TypedText.of(typed).text()).isEqualTo(left);
    }
}
