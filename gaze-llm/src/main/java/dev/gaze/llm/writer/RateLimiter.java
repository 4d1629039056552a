package dev.gaze.llm.writer;

import dev.gaze.api.chat.ChatError;
import dev.gaze.api.chat.ChatException;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.writer.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.Supplier;

/** Counts prompts in windows that slide (P71). What is refused does not count. */
final class RateLimiter {
    private static final Duration DAY = Duration.ofHours(24);

    private final RateLimit limit;
    private final Supplier<Instant> now;

    /** When prompts were written, the newest first; never more than a day allows. */
    private final Deque<Instant> written = new ArrayDeque<>();

    /**
     * A limiter that has counted nothing.
     *
     * @param now a clock that never goes back
     */
    RateLimiter(RateLimit limit, Supplier<Instant> now) {
        this.limit = limit;
        this.now = now;
    }

    /**
     * Counts a prompt.
     *
     * @throws ChatException {@code RATE_LIMITED} when a window is full, with how long to wait
     */
    synchronized void count() {
        Instant instant = now.get();
        while (!written.isEmpty() && !written.peekLast().isAfter(instant.minus(DAY))) {
            written.removeLast();
        }
        require(instant, Duration.ofMinutes(1), limit.aMinute(), "a minute");
        require(instant, Duration.ofHours(1), limit.anHour(), "an hour");
        require(instant, DAY, limit.aDay(), "a day");
        written.addFirst(instant);
    }

    private void require(Instant instant, Duration window, int most, String per) {
        Instant begin = instant.minus(window);
        Instant oldest = instant;
        int count = 0;
        Iterator<Instant> newestFirst = written.iterator();
        while (newestFirst.hasNext() && count < most) {
            Instant one = newestFirst.next();
            if (!one.isAfter(begin)) {
                return;
            }
            oldest = one;
            count++;
        }
        if (count >= most) {
            long wait = Duration.between(instant, oldest.plus(window)).toSeconds() + 1;
            throw new ChatException(
                    ChatError.RATE_LIMITED,
                    Problem.of("Too many prompts: %d %s are allowed".formatted(most, per))
                            .fix("try again in %d s, or set another rate limit".formatted(wait)));
        }
    }
}
