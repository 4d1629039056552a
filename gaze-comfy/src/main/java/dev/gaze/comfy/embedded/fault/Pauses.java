package dev.gaze.comfy.embedded.fault;

import dev.gaze.api.time.Time;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** Waiting that ends when time has moved, when somebody wakes it, or when the server closes. Safe for several threads. */
public final class Pauses {
    private final Time time;
    private boolean closed;

    /** Waits on this clock. */
    public Pauses(Time time) {
        this.time = time;
    }

    /**
     * Waits for a while.
     *
     * @param howLong zero or less does not wait
     * @param enough ends the wait early; asked again after each {@link #wake}
     */
    public void pause(Duration howLong, BooleanSupplier enough) {
        if (howLong.isZero() || howLong.isNegative()) {
            return;
        }
        AtomicBoolean over = new AtomicBoolean();
        Time.Timer timer = time.after(howLong, () -> {
            over.set(true);
            wake();
        });
        until(() -> over.get() || enough.getAsBoolean());
        timer.cancel();
    }

    /** Does something after a while, on the clock's own thread; what is still to be done when the server closes is not. */
    public void later(Duration delay, Runnable action) {
        time.after(delay, () -> {
            synchronized (this) {
                if (closed) {
                    return;
                }
            }
            action.run();
        });
    }

    /**
     * Waits until a condition holds, for tests that watch the server.
     *
     * @param longest a safety net in real time, whatever the clock says
     * @return whether it holds
     */
    public boolean within(Duration longest, BooleanSupplier condition) {
        long end = System.nanoTime() + longest.toNanos();
        synchronized (this) {
            while (!condition.getAsBoolean()) {
                long left = end - System.nanoTime();
                if (left <= 0 || closed) {
                    return false;
                }
                try {
                    wait(left / 1_000_000 + 1);
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                    return condition.getAsBoolean();
                }
            }
            return true;
        }
    }

    /**
     * Waits until a condition holds; it is asked again after each {@link #wake}. Conditions take no lock: they are asked
     * under this one.
     */
    public void until(BooleanSupplier condition) {
        synchronized (this) {
            while (!closed && !condition.getAsBoolean()) {
                try {
                    wait();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    /** Makes everybody who waits look again. */
    public synchronized void wake() {
        notifyAll();
    }

    /** Ends every wait, now and later. */
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
