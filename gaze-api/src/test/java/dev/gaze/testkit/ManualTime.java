package dev.gaze.testkit;

import dev.gaze.api.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Time that moves when told. Actions run on the thread that calls {@link #advance}, in the order in which they are due;
 * an action may ask for further ones. Safe for use by several threads.
 */
public final class ManualTime implements Time {
    private final List<Due> waiting = new ArrayList<>();
    private Instant now;
    private Duration back = Duration.ZERO;
    private long asked;

    /** Starts at 2026-01-02 03:04:05 UTC. */
    public ManualTime() {
        this(Instant.parse("2026-01-02T03:04:05Z"));
    }

    /**
     * Starts at an instant.
     *
     * @param start the first {@link #now}
     */
    public ManualTime(Instant start) {
        now = start;
    }

    private final class Due implements Timer {
        private final Runnable action;
        private final Duration period;
        private final long order = asked++;
        private Instant at;

        Due(Instant at, Duration period, Runnable action) {
            this.at = at;
            this.period = period;
            this.action = action;
        }

        @Override
        public void cancel() {
            synchronized (ManualTime.this) {
                waiting.remove(this);
            }
        }
    }

    @Override
    public synchronized Instant now() {
        return now.minus(back);
    }

    /**
     * Sets the clock back, as somebody does to that of a machine; actions wait no longer for it.
     *
     * @param by how far
     */
    public synchronized void setBack(Duration by) {
        back = back.plus(by);
    }

    @Override
    public synchronized Timer after(Duration delay, Runnable action) {
        return add(new Due(now.plus(delay), Duration.ZERO, action));
    }

    @Override
    public synchronized Timer every(Duration period, Runnable action) {
        return add(new Due(now.plus(period), period, action));
    }

    /**
     * How many actions wait.
     *
     * @return zero or more
     */
    public synchronized int waiting() {
        return waiting.size();
    }

    /**
     * Moves time on, running everything that becomes due on the way at its own instant.
     *
     * @param by zero or more; zero runs what is due already
     */
    public void advance(Duration by) {
        Instant end;
        synchronized (this) {
            end = now.plus(by);
        }
        for (Due due = next(end); due != null; due = next(end)) {
            due.action.run();
        }
        synchronized (this) {
            now = end;
        }
    }

    private synchronized Due next(Instant end) {
        Due first = waiting.stream()
                .min(Comparator.comparing((Due due) -> due.at).thenComparing(due -> due.order))
                .orElse(null);
        if (first == null || first.at.isAfter(end)) {
            return null;
        }
        now = first.at.isAfter(now) ? first.at : now;
        if (first.period.isZero()) {
            waiting.remove(first);
        } else {
            first.at = first.at.plus(first.period);
        }
        return first;
    }

    private Due add(Due due) {
        waiting.add(due);
        return due;
    }
}
