package dev.gaze.comfy.client;

import dev.gaze.api.time.Time;
import java.lang.System.Logger.Level;
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
 * thread and must be short.
 */
final class Deadlines implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Deadlines.class.getName());

    private final Time time;
    private final TreeSet<Limit> waiting = new TreeSet<>();
    private long counted;
    private Time.@Nullable Timer timer;
    private @Nullable Instant rings;
    private boolean closed;

    Deadlines(Time time) {
        this.time = time;
    }

    /** A limit that has not passed yet. */
    final class Limit implements Comparable<Limit> {
        private final Instant due;
        private final long order;
        private final Runnable action;

        private Limit(Instant due, long order, Runnable action) {
            this.due = due;
            this.order = order;
            this.action = action;
        }

        /** Takes the limit back; the action will not be called any more, unless it is running already. */
        void lift() {
            synchronized (Deadlines.this) {
                waiting.remove(this);
            }
        }

        @Override
        public int compareTo(Limit other) {
            int byTime = due.compareTo(other.due);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    /** Calls {@code action} once {@code after} has passed; never when closed before. */
    synchronized Limit in(Duration after, Runnable action) {
        Limit limit = new Limit(time.now().plus(after), counted++, action);
        if (!closed) {
            waiting.add(limit);
            if (rings == null || limit.due.isBefore(rings)) {
                arm(limit.due);
            }
        }
        return limit;
    }

    @Override
    public synchronized void close() {
        closed = true;
        waiting.clear();
        if (timer != null) {
            timer.cancel();
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
