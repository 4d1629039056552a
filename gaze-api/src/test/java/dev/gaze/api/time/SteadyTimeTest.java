package dev.gaze.api.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.testkit.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SteadyTimeTest {
    private final ManualTime machine = new ManualTime();
    private Duration set = Duration.ZERO;
    private final Time time = new SteadyTime(new Time() {
        @Override
        public Instant now() {
            return machine.now().plus(set);
        }

        @Override
        public Timer after(Duration delay, Runnable action) {
            return machine.after(delay, action);
        }

        @Override
        public Timer every(Duration period, Runnable action) {
            return machine.every(period, action);
        }
    });

    @Test
    void a_clock_that_is_set_back_goes_on_from_where_it_stood() {
        Instant start = time.now();
        machine.advance(Duration.ofSeconds(5));
        assertThat(time.now()).isEqualTo(start.plusSeconds(5));

        set = Duration.ofHours(-1);
        assertThat(time.now()).isEqualTo(start.plusSeconds(5));
        machine.advance(Duration.ofSeconds(5));
        assertThat(time.now()).isEqualTo(start.plusSeconds(10));
        set = Duration.ofHours(-2);
        machine.advance(Duration.ofSeconds(5));
        assertThat(time.now()).as("the second time, too").isBetween(start.plusSeconds(10), start.plusSeconds(15));
    }

    @Test
    void limits_pass_in_time_whatever_is_done_to_the_clock() {
        Deadlines deadlines = new Deadlines(time);
        List<String> passed = new ArrayList<>();
        deadlines.in(Duration.ofSeconds(10), () -> passed.add("first"));
        deadlines.in(Duration.ofSeconds(20), () -> passed.add("second"));
        time.now();
        set = Duration.ofHours(-1);
        time.now();
        machine.advance(Duration.ofSeconds(10));
        assertThat(passed).containsExactly("first");
        machine.advance(Duration.ofSeconds(10));

        assertThat(passed).containsExactly("first", "second");
    }
}
