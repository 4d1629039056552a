package dev.gaze.api.time;

import java.lang.System.Logger.Level;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Many limits on one timer. A request is nearly always answered long before its limit, so asking {@link Time} for a
 * timer each and taking it back would wake the timer thread twice per request for nothing. Here a limit is an entry in a
 * sorted set; one timer stands for the earliest, and when it rings it looks for the next. Actions run on the timer's
 * thread and must be short. Safe for use by several threads.
 */
public final class Deadlines implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Deadlines.class.getName());

    private final Time time;
    private final TreeSet<Limit> waiting = new TreeSet<>();
    private long counted;
    private Time.@Nullable Timer timer;
    private @Nullable Instant rings;
    private boolean closed;

    /**
     * No limits yet.
     *
     * @param time the clock and timer; a {@link SteadyTime} where limits must hold though the clock is set back
     */
    public Deadlines(Time time) {
        this.time = time;
    }

    /** A limit that has not passed yet. */
    public final class Limit implements Comparable<Limit> {
        private final Instant due;
        private final long order;
        private final Runnable action;

        private Limit(Instant due, long order, Runnable action) {
            this.due = due;
            this.order = order;
            this.action = action;
        }

        /** Takes the limit back; the action will not be called any more, unless it is running already. */
        public void lift() {
            synchronized (Deadlines.this) {
                waiting.remove(this);
            }
        }

        /** By the time they pass, then in the order they were asked for. */
        @Override
        public int compareTo(Limit other) {
            int byTime = due.compareTo(other.due);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    /**
     * Calls {@code action} once {@code after} has passed; never when closed before.
     *
     * @param after zero or more
     * @param action what to do; short
     * @return a handle that takes the limit back
     */
    public synchronized Limit in(Duration after, Runnable action) {
        Limit limit = new Limit(due(after), counted++, action);
        if (!closed) {
            waiting.add(limit);
            if (rings == null || limit.due.isBefore(rings)) {
                arm(limit.due);
            }
        }
        return limit;
    }

    /** Forgets all limits; their actions are not called any more. May be called more than once. */
    @Override
    public synchronized void close() {
        closed = true;
        waiting.clear();
        if (timer != null) {
            timer.cancel();
        }
    }

    private Instant due(Duration after) {
        try {
            return time.now().plus(after);
        } catch (DateTimeException | ArithmeticException beyondAllTime) {
            return Instant.MAX;
        }
    }

    private void arm(Instant due) {
        if (timer != null) {
            timer.cancel();
        }
        Duration left = Duration.between(time.now(), due);
        rings = due;
        timer = time.after(left.isNegative() ? Duration.ZERO : left, this::ring);
    }

    private void ring() {
        List<Limit> passed = new ArrayList<>();
        synchronized (this) {
            timer = null;
            rings = null;
            Instant now = time.now();
            while (!waiting.isEmpty() && !waiting.first().due.isAfter(now)) {
                passed.add(waiting.pollFirst());
            }
            if (!waiting.isEmpty()) {
                arm(waiting.first().due);
            }
        }
        for (Limit limit : passed) {
            try {
                limit.action.run();
            } catch (RuntimeException | Error failure) { // one that fails must not keep the others from being told
                LOG.log(Level.ERROR, "What a limit was to stop or start failed", failure);
            }
        }
    }
}
