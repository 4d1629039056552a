package dev.gaze.api.time;

import java.time.Duration;
import java.time.Instant;

/**
 * What time it is, and a way to be called later. Safe for use by several threads.
 *
 * <p>An action runs on a thread of the timer and must be short: hand longer work to an executor. An action that throws
 * is logged and does not stop the timer. Tests use {@code ManualTime} of the published test-jar.
 */
public interface Time {

    /**
     * The time now.
     *
     * @return an instant; never earlier than one returned before to the same thread, except when somebody sets the
     *     machine's clock
     */
    Instant now();

    /**
     * Calls {@code action} once, {@code delay} from now.
     *
     * @param delay zero or more; zero means as soon as possible, still not on the calling thread's stack
     * @param action what to do; short
     * @return a handle that takes the call back
     */
    Timer after(Duration delay, Runnable action);

    /**
     * Calls {@code action} again and again, first {@code period} from now. Calls never overlap.
     *
     * @param period more than zero
     * @param action what to do; short
     * @return a handle that ends the calls
     */
    Timer every(Duration period, Runnable action);

    /** A call that has been asked for. */
    @FunctionalInterface
    interface Timer {
        /** Takes the call back. Does nothing when it has already been made or taken back. */
        void cancel();
    }
}
