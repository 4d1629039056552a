package dev.gaze.api.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gaze.api.problem.GazeException;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How tags are spelled. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@org.junit.jupiter.api.Tag("G132")
class TagTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            long hair           | long_hair
            ' Long   Hair '     | long_hair
            saber \\(fate\\)    | saber_(fate)
            (smile:1.2)         | (smile:1.2)
            :)                  | :)
            ^_^                 | ^_^
            Pokémon             | pokémon
            ' '                 | ''
            """)
    void a_tag_is_spelled_as_catalogues_do(String written, String name) {
        assertThat(Tag.spelled(written)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            (long hair:1.2)          | long_hair
            ((long hair))            | long_hair
            ((long hair):1.1)        | long_hair
            [smile]                  | smile
            {{smile}}                | smile
            (saber \\(fate\\):1.1)   | saber_(fate)
            saber_(fate)             | saber_(fate)
            (a)_(b)                  | (a)_(b)
            re:zero                  | re:zero
            hat:0.8                  | hat
            (hat: .5 )               | hat
            :)                       | :)
            (:1.2)                   | :1.2
            ()                       | ()
            (                        | (
            """)
    void weights_and_groups_are_taken_off(String written, String name) {
        assertThat(Tag.bare(written)).isEqualTo(name);
    }

    @Test
    void a_hostile_text_is_spelled_in_time() {
        assertThat(Tag.bare("(".repeat(20_000) + "x" + ")".repeat(20_000)).length())
                .isLessThan(40_001);
        assertThat(Tag.spelled(" a".repeat(200_000))).hasSize(399_999);
    }

    @Test
    void values_check_themselves() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Tag(" ", 0, "general", 1, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Tag("rain", 0, "general", -1, List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TagQuery.of("rain").limit(0))
                .withMessage("Limit must be between 1 and 1000, got 0");
        assertThat(TagQuery.of("rain").in(" ").category()).isNull();
    }

    @Test
    void a_numbering_is_chosen_by_name() {
        assertThat(TagCategories.named("E621").name(7)).isEqualTo("meta");
        assertThat(TagCategories.DANBOORU.name(7)).isEqualTo("7");
        assertThatExceptionOfType(GazeException.class)
                .isThrownBy(() -> TagCategories.named("danboru"))
                .withMessageContaining("did you mean 'danbooru'?");
    }
}
