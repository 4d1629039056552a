package dev.gaze.llm.writer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.writer.WrittenPrompt.Option;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an answer means. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PromptReaderTest {

    private static Option only(String answer) {
        List<Option> options = PromptReader.read(answer);
        assertThat(options).hasSize(1);
        return options.get(0);
    }

    @Test
    @Tag("P61")
    void prompt_and_negative_are_read_in_any_case_over_several_lines() {
        assertThat(only("PROMPT: a lighthouse, sea\nNEGATIVE: blurry"))
                .isEqualTo(new Option("", "a lighthouse, sea", "blurry"));
        assertThat(only("prompt:\na lighthouse,\nsea\n\nNegative:\nblurry,\nlow quality\n"))
                .isEqualTo(new Option("", "a lighthouse,\nsea", "blurry,\nlow quality"));
        assertThat(only("Sure! Here it is.\n\n**Positive Prompt:** a lighthouse\n**Negative prompt:** blurry"))
                .isEqualTo(new Option("", "a lighthouse", "blurry"));
        assertThat(only("```\nPROMPT: a lighthouse\nNEGATIVE: blurry\n```"))
                .isEqualTo(new Option("", "a lighthouse", "blurry"));
        assertThat(only("PROMPT: a lighthouse NEGATIVE: blurry")).isEqualTo(new Option("", "a lighthouse", "blurry"));
    }

    @Test
    @Tag("P61")
    void a_negative_may_be_missing_and_so_may_every_mark() {
        assertThat(only("PROMPT: A lighthouse stands by the sea."))
                .isEqualTo(new Option("", "A lighthouse stands by the sea.", ""));
        assertThat(only("  A lighthouse stands by the sea.\n"))
                .isEqualTo(new Option("", "A lighthouse stands by the sea.", ""));
        assertThat(only("a lighthouse, sea\nNEGATIVE: blurry"))
                .isEqualTo(new Option("", "a lighthouse, sea", "blurry"));
        assertThat(only("The word prompt: is no mark within a line"))
                .isEqualTo(new Option("", "The word prompt: is no mark within a line", ""));
    }

    @Test
    @Tag("P61")
    void a_line_of_a_prompt_is_no_label_unless_it_counts() {
        assertThat(only("PROMPT: a castle,\nvariation of warm light across the towers, mist"))
                .isEqualTo(new Option("", "a castle,\nvariation of warm light across the towers, mist", ""));
        assertThat(PromptReader.read("Option one: day\nPROMPT: a\nOption two: night\nPROMPT: b\nVariant C\nPROMPT: c"))
                .extracting(Option::prompt)
                .containsExactly("a", "b", "c");
    }

    @Test
    @Tag("P61")
    void labelled_options_are_told_apart() {
        List<Option> options = PromptReader.read("""
                Here are some ideas.

                **Option 1: Warm dusk**
                PROMPT: a lighthouse at dusk
                NEGATIVE: fog

                ### Option 2: Storm
                PROMPT: a lighthouse in a storm
                NEGATIVE: calm sea

                Option 3
                PROMPT: a lighthouse in snow
                """);

        assertThat(options)
                .containsExactly(
                        new Option("Option 1: Warm dusk", "a lighthouse at dusk", "fog"),
                        new Option("Option 2: Storm", "a lighthouse in a storm", "calm sea"),
                        new Option("Option 3", "a lighthouse in snow", ""));
    }

    @Test
    void prompts_without_labels_are_options_too() {
        assertThat(PromptReader.read("PROMPT: one\nPROMPT: two\nNEGATIVE: bad"))
                .containsExactly(new Option("", "one", ""), new Option("", "two", "bad"));
    }

    @Test
    void an_answer_of_marks_alone_is_kept_as_it_is() {
        assertThat(only("PROMPT:").prompt()).isEqualTo("PROMPT:");
        assertThat(only("NEGATIVE: blurry").negative()).isEqualTo("");
        assertThat(only("").prompt()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void whatever_comes_gives_an_option_with_words(long seed) {
        Random random = new Random(seed);
        String[] pieces = {"PROMPT:", "NEGATIVE:", "option 1", "\n", " ", "a", "```", "**", "prompt :", ","};
        for (int i = 0; i < 300; i++) {
            StringBuilder answer = new StringBuilder("x");
            random.ints(random.nextInt(20), 0, pieces.length).forEach(at -> answer.append(pieces[at]));
            assertThat(PromptReader.read(answer.toString()))
                    .as("seed %d: %s", seed, answer)
                    .isNotEmpty()
                    .noneMatch(option -> option.prompt().isBlank());
        }
    }

    @Test
    void ten_megabytes_without_sense_take_no_time() {
        String hostile = "*".repeat(3_000_000) + "\n" + "option ".repeat(400_000) + "\n" + " \n".repeat(2_000_000);

        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(PromptReader.read(hostile)).hasSize(1));
    }
}
