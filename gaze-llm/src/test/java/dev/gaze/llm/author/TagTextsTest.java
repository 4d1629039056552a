package dev.gaze.llm.author;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TagTextsTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "long hair, blue eyes | long hair;blue eyes",
                "a | a",
                ",, a ,, | a",
                "(long hair:1.2), smile | long hair;smile",
                "((a, b:1.1):1.3), c | a;b;c",
                "saber_(fate), saber \\(fate\\) | saber_(fate);saber \\(fate\\)",
                "(a) b, c | (a) b;c",
                ":), (a | :);(a",
                "(a, b), c) | a;b;c)",
                "(smile:0.5:) | smile:0.5:"
            })
    void tags_stand_between_commas_also_within_groups(String text, String tags) {
        assertThat(found(text)).containsExactly(tags.split(";"));
    }

    @Test
    void line_feeds_part_tags_and_nothing_holds_none() {
        assertThat(found("a\nb,\n\nc")).containsExactly("a", "b", "c");
        assertThat(found("")).isEmpty();
        assertThat(found("()")).isEmpty();
    }

    @Test
    void deep_groups_and_long_texts_take_no_time_of_note() {
        assertThat(found("(".repeat(100_000) + "a, b" + ")".repeat(100_000))).hasSize(1);
        assertThat(found("(a, ".repeat(200_000))).hasSize(200_000);
    }

    private static List<String> found(String text) {
        return TagTexts.in(text).stream().map(span -> span.in(text)).toList();
    }
}
