package dev.gaze.llm.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gaze.api.chat.ChatError;
import dev.gaze.api.chat.ChatException;
import dev.gaze.api.writer.RateLimit;
import dev.gaze.testkit.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many prompts within a time. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RateLimiterTest {
    private final ManualTime time = new ManualTime();

    private boolean allowed(RateLimiter limiter) {
        try {
            limiter.count();
            return true;
        } catch (ChatException refused) {
            assertThat(refused.error()).isEqualTo(ChatError.RATE_LIMITED);
            return false;
        }
    }

    private int allowedOf(RateLimiter limiter, int tries) {
        int allowed = 0;
        for (int i = 0; i < tries; i++) {
            allowed += allowed(limiter) ? 1 : 0;
        }
        return allowed;
    }

    @Test
    @Tag("P71")
    void ten_a_minute_fifty_an_hour_two_hundred_a_day() {
        RateLimiter limiter = new RateLimiter(RateLimit.USUAL, time::now);

        assertThat(allowedOf(limiter, 15)).isEqualTo(10);
        time.advance(Duration.ofSeconds(59));
        assertThat(allowed(limiter)).isFalse();
        time.advance(Duration.ofSeconds(1));
        int hour = 10;
        for (int i = 0; i < 10; i++) {
            hour += allowedOf(limiter, 15);
            time.advance(Duration.ofMinutes(1));
        }
        assertThat(hour).isEqualTo(50);
        int day = 50;
        for (int i = 0; i < 23 * 60 - 11; i++) {
            time.advance(Duration.ofMinutes(1));
            day += allowedOf(limiter, 11);
        }
        assertThat(day).isEqualTo(200);
        time.advance(Duration.ofHours(2));
        assertThat(allowed(limiter)).isTrue();
    }

    @Test
    @Tag("P71")
    void a_refusal_says_how_long_to_wait() {
        RateLimiter limiter = new RateLimiter(new RateLimit(1, 50, 200), time::now);
        limiter.count();
        time.advance(Duration.ofSeconds(20));

        assertThatExceptionOfType(ChatException.class)
                .isThrownBy(limiter::count)
                .withMessageContaining("1 a minute")
                .withMessageContaining("41 s");
        assertThatIllegalArgumentException().isThrownBy(() -> new RateLimit(0, 1, 1));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    @Tag("P71")
    void it_agrees_with_counting_by_hand(long seed) {
        Random random = new Random(seed);
        RateLimiter limiter = new RateLimiter(new RateLimit(3, 7, 20), time::now);
        List<Instant> written = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            time.advance(Duration.ofSeconds(random.nextInt(900)));
            Instant now = time.now();
            boolean free = within(written, now, Duration.ofMinutes(1)) < 3
                    && within(written, now, Duration.ofHours(1)) < 7
                    && within(written, now, Duration.ofHours(24)) < 20;

            assertThat(allowed(limiter)).as("seed %d, try %d", seed, i).isEqualTo(free);
            if (free) {
                written.add(now);
            }
        }
    }

    private static long within(List<Instant> written, Instant now, Duration window) {
        return written.stream()
                .filter(instant -> instant.isAfter(now.minus(window)))
                .count();
    }
}
