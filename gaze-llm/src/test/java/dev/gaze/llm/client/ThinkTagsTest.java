package dev.gaze.llm.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ThinkTagsTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "hello, , hello",
                "<think>a</think>hello, a, hello",
                "\"  <think>a b</think>  hello \",a b,\"hello \"",
                "<think></think>hello,,hello",
                "a <think>b</think>,,a <think>b</think>",
                "<thinking>a,,<thinking>a",
                "<think>a</thin,a</thin,",
                "<think>a</th</think>b</think>,a</th,b</think>",
                "<thi,,<thi",
                "<think>a</think>  ,a,"
            })
    void thoughts_at_the_beginning_are_parted_from_words_however_they_are_cut(
            String text, String thoughts, String words) {
        for (long seed = 0; seed < 50; seed++) {
            StringBuilder thought = new StringBuilder();
            StringBuilder said = new StringBuilder();
            ThinkTags tags = new ThinkTags(thought::append, said::append);
            Random random = new Random(seed);
            for (int at = 0; at < text.length(); ) {
                int end = Math.min(text.length(), at + 1 + random.nextInt(text.length()));
                tags.accept(text.substring(at, end));
                at = end;
            }
            tags.end();

            assertThat(said.toString()).as("seed %d", seed).isEqualTo(words == null ? "" : words);
            assertThat(thought.toString()).as("seed %d", seed).isEqualTo(thoughts == null ? "" : thoughts);
        }
    }
}
