package dev.gaze.core.wildcard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.core.template.ListPool;
import dev.gaze.core.wildcard.Answers.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Which questions are looked for again. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AnswersTest {
    private final Answers answers = new Answers(5, 100);
    private final List<String> looked = new ArrayList<>();

    private void ask(String question, long entries) {
        answers.to(question, () -> {
            looked.add(question);
            return new Answer(ListPool.of(List.of()), entries);
        });
    }

    @Test
    void what_was_made_of_several_lists_is_forgotten_when_too_much_comes_together() {
        ask("single", 0);
        answers.to("missing", () -> Answer.NONE);
        ask("a*", 60);
        ask("b*", 40);
        ask("a*", 60);
        ask("c*", 1);
        ask("a*", 60);
        ask("single", 0);

        assertThat(looked).containsExactly("single", "a*", "b*", "c*", "a*");
        assertThat(answers.to("missing", () -> new Answer(ListPool.of(List.of()), 0)))
                .isEqualTo(Answer.NONE);
    }

    @Test
    void one_that_is_too_much_alone_is_remembered_until_the_next() {
        ask("**", 1_000);
        ask("**", 1_000);
        ask("a*", 60);
        ask("b*", 40);
        ask("a*", 60);

        assertThat(looked).containsExactly("**", "a*", "b*");
    }

    @Test
    void invented_names_are_forgotten() {
        for (int i = 0; i < 6; i++) {
            ask("name" + i, 0);
        }
        ask("name0", 0);

        assertThat(looked).hasSize(7);
    }
}
