package dev.gaze.api.time;

import java.time.Duration;
import java.time.Instant;

/**
 * A clock that never goes back. When somebody sets the machine's clock back by an hour, limits must not take an hour
 * longer: the time that was goes on from where it stood.
 * Safe for use by
 * several threads.
 */
public final class SteadyTime implements Time {
    private final Time time;
    private Instant last = Instant.MIN;
    private Duration setBack = Duration.ZERO;

    /**
     * A clock over another one.
     *
     * @param time the clock that may be set back, and the timer
     */
    public SteadyTime(Time time) {
        this.time = time;
    }

    @Override
    public synchronized Instant now() {
        Instant now = time.now().plus(setBack);
        if (now.isBefore(last)) {
            setBack = setBack.plus(Duration.between(now, last));
            return last;
        }
        last = now;
        return now;
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        return time.after(delay, action);
    }

    @Override
    public Timer every(Duration period, Runnable action) {
        return time.every(period, action);
    }
}
