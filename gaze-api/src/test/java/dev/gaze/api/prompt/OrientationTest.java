package dev.gaze.api.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("G70")
class OrientationTest {

    @ParameterizedTest(name = "{0} is written {1}")
    @CsvSource(delimiter = '|', textBlock = """
            1F | 1girl
            1m | 1boy
            1O | 1other
            2F | 2girls, multiple girls, yuri
            2M | 2boys, multiple boys, yaoi
            1F1M | 1girl, 1boy, hetero
            1M1F | 1girl, 1boy, hetero
            2F1M | 2girls, multiple girls, 1boy, hetero
            1F2M | 1girl, 2boys, multiple boys, hetero
            2F2M | 2girls, multiple girls, 2boys, multiple boys, hetero
            5F | 5girls, multiple girls, yuri
            6F | 6+girls, multiple girls, yuri
            12F | 6+girls, multiple girls, yuri
            6+F | 6+girls, multiple girls, yuri
            1F1O | 1girl, 1other
            2O | 2others, multiple others
            1f 1m | 1girl, 1boy, hetero
            1F, 1M | 1girl, 1boy, hetero
            1F+1M | 1girl, 1boy, hetero
            2girls 1boy | 2girls, multiple girls, 1boy, hetero
            FFM | 2girls, multiple girls, 1boy, hetero
            0F1M | 1boy
            1F & 1M | 1girl, 1boy, hetero
            1F/1M | 1girl, 1boy, hetero
            2 Females | 2girls, multiple girls, yuri
            1female1male1other | 1girl, 1boy, 1other, hetero
            2F1O | 2girls, multiple girls, 1other
            2M1O | 2boys, multiple boys, 1other
            '  1F  ' | 1girl
            999O | 6+others, multiple others
            6+F+6+M | 6+girls, multiple girls, 6+boys, multiple boys, hetero
            """)
    void people_become_tags(String orientation, String tags) throws OrientationException {
        assertThat(String.join(", ", Orientation.parse(orientation).tags())).isEqualTo(tags);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  ", "\n"})
    void nothing_said_is_nobody_in_particular(String orientation) throws OrientationException {
        assertThat(Orientation.parse(orientation)).isEqualTo(Orientation.NONE);
        assertThat(Orientation.NONE.tags()).isEmpty();
        assertThat(Orientation.NONE.people()).isZero();
    }

    @ParameterizedTest(name = "{0} goes wrong at {1}")
    @CsvSource(delimiter = '|', textBlock = """
            0F | 0
            0F0M | 0
            1 | 0
            F1 | 1
            1X | 0
            1F, | 2
            '1F , ' | 3
            1F-1M | 2
            -1F | 0
            1.5F | 0
            3+F | 0
            16+F | 0
            6+ | 0
            1000F | 0
            solo | 0
            ',1F' | 0
            1F,,1M | 3
            1Fx | 2
            girlſ | 4
            """)
    void anything_else_is_told_with_its_place(String orientation, int offset) {
        assertThatExceptionOfType(OrientationException.class)
                .isThrownBy(() -> Orientation.parse(orientation))
                .withMessageContaining(orientation)
                .satisfies(wrong -> assertThat(wrong.offset()).isEqualTo(offset));
    }

    @Test
    void the_relation_may_be_left_out() throws OrientationException {
        assertThat(Orientation.parse("1F1M").tags(false)).containsExactly("1girl", "1boy");
        assertThat(Orientation.parse("2F").tags(false)).containsExactly("2girls", "multiple girls");
    }

    @Test
    void nobody_is_there_less_than_not_at_all() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Orientation(1, -1, 0));
    }
}
