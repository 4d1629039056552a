package dev.gaze.llm.writer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.writer.ConversationState.Said;
import dev.gaze.api.writer.ConversationState.Speaker;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stays of a long conversation. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TrimmingTest {
    private static final Said SYSTEM = new Said(Speaker.SYSTEM, "be brief");

    private static List<Said> pairs(int count) {
        List<Said> said = new ArrayList<>(List.of(SYSTEM));
        for (int i = 1; i <= count; i++) {
            said.add(new Said(Speaker.USER, "question " + i));
            said.add(new Said(Speaker.ASSISTANT, "answer " + i));
        }
        return said;
    }

    @Test
    @Tag("P34")
    @Tag("P54")
    void after_eleven_answered_questions_the_first_pair_goes() {
        List<Said> kept = Trimming.trim(pairs(11));

        assertThat(kept).hasSize(21).first().isEqualTo(SYSTEM);
        assertThat(kept.get(1)).isEqualTo(new Said(Speaker.USER, "question 2"));
        assertThat(kept.get(20)).isEqualTo(new Said(Speaker.ASSISTANT, "answer 11"));
        assertThat(Trimming.trim(pairs(10))).isEqualTo(pairs(10));
    }

    @Test
    @Tag("P54")
    void with_ten_pairs_and_a_new_question_the_first_pair_goes() {
        List<Said> said = pairs(10);
        said.add(new Said(Speaker.USER, "question 11"));

        List<Said> kept = Trimming.trim(said);

        assertThat(kept).hasSize(20);
        assertThat(kept.get(1)).isEqualTo(new Said(Speaker.USER, "question 2"));
        assertThat(kept.get(19)).isEqualTo(new Said(Speaker.USER, "question 11"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    @Tag("P54")
    void whatever_was_said_the_rule_holds(long seed) {
        Random random = new Random(seed);
        for (int run = 0; run < 200; run++) {
            List<Said> said = new ArrayList<>(List.of(SYSTEM));
            int length = random.nextInt(60);
            for (int i = 0; i < length; i++) {
                said.add(new Said(random.nextInt(3) == 0 ? Speaker.ASSISTANT : Speaker.USER, "message " + i));
            }

            List<Said> kept = Trimming.trim(said);

            List<Said> others = kept.subList(1, kept.size());
            assertThat(kept.get(0)).isEqualTo(SYSTEM);
            assertThat(others).as("seed %d", seed).hasSizeLessThanOrEqualTo(20);
            assertThat(said.subList(said.size() - others.size(), said.size())).isEqualTo(others);
            if (!others.isEmpty()) {
                assertThat(others.get(0).by()).as("seed %d", seed).isEqualTo(Speaker.USER);
            }
            if (said.get(said.size() - 1).by() == Speaker.USER) {
                assertThat(kept).as("seed %d", seed).endsWith(said.get(said.size() - 1));
            }
        }
    }
}
