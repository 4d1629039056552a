package dev.gaze.api.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.testkit.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DeadlinesTest {
    private final ManualTime time = new ManualTime();
    private final Deadlines deadlines = new Deadlines(time);
    private final List<String> passed = new ArrayList<>();

    private Deadlines.Limit in(int seconds, String name) {
        return deadlines.in(Duration.ofSeconds(seconds), () -> passed.add(name));
    }

    @Test
    void limits_pass_in_order_of_time_and_none_before_its_own() {
        in(30, "late");
        in(10, "early");
        in(10, "early too");
        time.advance(Duration.ofSeconds(9));
        assertThat(passed).isEmpty();
        time.advance(Duration.ofSeconds(1));
        assertThat(passed).containsExactly("early", "early too");
        time.advance(Duration.ofSeconds(20));
        assertThat(passed).containsExactly("early", "early too", "late");
    }

    @Test
    void a_limit_that_was_lifted_never_passes() {
        Deadlines.Limit lifted = in(10, "lifted");
        in(20, "kept");
        lifted.lift();
        lifted.lift();
        time.advance(Duration.ofMinutes(1));

        assertThat(passed).containsExactly("kept");
    }

    @Test
    void however_many_limits_there_are_one_timer_does() {
        for (int i = 0; i < 1000; i++) {
            in(60, "a");
            in(5, "b").lift();
        }

        assertThat(time.waiting()).isEqualTo(1);
        time.advance(Duration.ofMinutes(2));
        assertThat(passed).hasSize(1000).containsOnly("a");
        assertThat(time.waiting()).isZero();
    }

    @Test
    void an_action_may_ask_for_the_next_limit() {
        deadlines.in(Duration.ofSeconds(1), () -> in(1, "second"));
        time.advance(Duration.ofSeconds(2));

        assertThat(passed).containsExactly("second");
    }

    @Test
    void an_action_that_fails_keeps_no_other_from_its_turn() {
        deadlines.in(Duration.ofSeconds(1), () -> {
            throw new IllegalStateException("an action that fails");
        });
        in(1, "same time");
        in(2, "later");
        time.advance(Duration.ofSeconds(2));

        assertThat(passed).containsExactly("same time", "later");
    }

    @Test
    void closed_nothing_passes_any_more() {
        in(1, "before");
        deadlines.close();
        in(1, "after");
        time.advance(Duration.ofMinutes(1));

        assertThat(passed).isEmpty();
        assertThat(time.waiting()).isZero();
    }
}
