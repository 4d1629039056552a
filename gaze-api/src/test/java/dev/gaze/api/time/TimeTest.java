package dev.gaze.api.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.testkit.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TimeTest {

    @Test
    void manual_time_runs_actions_in_the_order_in_which_they_are_due() {
        ManualTime time = new ManualTime();
        List<String> ran = new ArrayList<>();
        time.after(Duration.ofSeconds(2), () -> ran.add("second"));
        time.after(Duration.ofSeconds(1), () -> {
            ran.add("first");
            time.after(Duration.ofMillis(500), () -> ran.add("asked on the way"));
        });
        Time.Timer taken = time.after(Duration.ofSeconds(1), () -> ran.add("never"));
        time.every(Duration.ofSeconds(2), () -> ran.add("again"));
        taken.cancel();

        time.advance(Duration.ofSeconds(4));

        assertThat(ran).containsExactly("first", "asked on the way", "second", "again", "again");
        assertThat(time.waiting()).isEqualTo(1);
    }

    @Test
    void system_time_goes_on_after_an_action_that_throws_and_ends_with_close() throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(2);
        try (SystemTime time = new SystemTime()) {
            time.every(Duration.ofMillis(1), () -> {
                ran.countDown();
                throw new IllegalStateException("an action of a test that fails on purpose");
            });
            assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
            time.close();
            time.after(Duration.ZERO, () -> {
                throw new AssertionError("a closed timer runs nothing");
            });
        }
    }

    @Test
    void system_time_goes_on_after_an_action_for_which_no_thread_could_be_made() throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(2);
        try (SystemTime time = new SystemTime()) {
            time.every(Duration.ofMillis(1), () -> {
                ran.countDown();
                throw new OutOfMemoryError("an action of a test that fails on purpose");
            });
            assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }
}
