package dev.gaze.api.time;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The machine's own clock and one daemon thread for the timer. The thread starts with the first {@link #after} or
 * {@link #every} and ends with {@link #close}; what is still waiting then is dropped.
 */
public final class SystemTime implements Time, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SystemTime.class.getName());

    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final ScheduledThreadPoolExecutor timer;

    /** A clock whose timer has not started yet. */
    public SystemTime() {
        timer = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "gaze-timer");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        try {
            return timer(timer.schedule(guarded(action), nanos(delay), TimeUnit.NANOSECONDS));
        } catch (RejectedExecutionException closed) {
            return () -> {};
        }
    }

    @Override
    public Timer every(Duration period, Runnable action) {
        long nanos = nanos(period);
        try {
            return timer(timer.scheduleWithFixedDelay(guarded(action), nanos, nanos, TimeUnit.NANOSECONDS));
        } catch (RejectedExecutionException closed) {
            return () -> {};
        }
    }

    /** Ends the timer thread; actions not yet due are never called. May be called more than once. */
    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** A time nobody lives to see is as good as any other. */
    private static long nanos(Duration time) {
        return time.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : time.toNanos();
    }

    private static Timer timer(Future<?> future) {
        return () -> future.cancel(false);
    }

    private static Runnable guarded(Runnable action) {
        return () -> {
            try {
                action.run();
            } catch (Throwable failure) { // whatever it was, the next call may go well; the pool would drop the action
                LOG.log(Level.ERROR, "A timed action failed; the timer goes on", failure);
            }
        };
    }
}
