package dev.gaze.llm.author;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.json.Json;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AnswerObjectTest {

    @ParameterizedTest
    @Tag("G88")
    @ValueSource(
            strings = {
                "{\"hair\": \"red hair, blue\"}",
                "Here you are:\n```json\n{\"hair\": \"red hair, blue\"}\n```\nShall I go on?",
                "{hair: 'red hair, blue',}",
                "{\n  // the hair\n  \"hair\": \"red hair, blue\", /* more? */\n}",
                "I thought of {this} first, or {\"a\": 1}. Then:\n{\"hair\": \"red hair, blue\"} {}",
                "{\"hair\": \"red hair, blue\"}}}",
                "First I had {\"weight\": 1e99999999999}, now {\"hair\": \"red hair, blue\"}"
            })
    void an_object_is_found_wherever_it_stands_and_however_it_is_written(String text) {
        assertThat(AnswerObject.in(text)).contains(Json.object("{\"hair\": \"red hair, blue\"}"));
    }

    @Test
    void line_feeds_in_texts_and_all_kinds_of_values_are_read() {
        assertThat(AnswerObject.in("""
                        sure {"a": "one
                        two", "b": [1, 2.50, true, null, {"c": {}}], "d": "\\$"} bye"""))
                .contains(
                        Json.object("{\"a\": \"one\\ntwo\", \"b\": [1, 2.50, true, null, {\"c\": {}}], \"d\": \"$\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no",
                "[1, 2]",
                "{",
                "{\"a\": NaN}",
                "{\"a\": 1e99999999999}",
                "{\"a\" 1}",
                "{\"hair\": \"red"
            })
    void what_is_no_object_is_none(String text) {
        assertThat(AnswerObject.in(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"a\":", "{\"a\":[", "{a:'", "{a:\"{b:'", "{\"a\":{\"b\":\"c\"},"})
    void hostile_answers_end_soon(String piece) {
        String text = piece.repeat(900_000 / piece.length());

        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> AnswerObject.in(text));
        assertThat(AnswerObject.in(text + "x".repeat(200_000))).isEmpty();
    }
}
