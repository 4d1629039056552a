package dev.gaze.core.store;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Brings what was committed to the disk itself. H2 leaves a commit with the operating system, where it outlives the
 * process but not the power ({@link OnDisk}). Who comes while another thread forces shares the next turn with all others
 * who wait. Safe for use by several threads.
 */
public final class Forcing {
    private final Runnable force;
    private final AtomicLong committed = new AtomicLong();
    private long forced;

    /**
     * Nothing was committed yet.
     *
     * @param force forces what was committed
     */
    Forcing(Runnable force) {
        this.force = force;
    }

    /** Something was committed; the number under which it can be waited for. */
    long committed() {
        return committed.incrementAndGet();
    }

    /** Returns when what was committed up to a number is on the disk. */
    void until(long number) {
        synchronized (this) {
            if (forced < number) {
                long all = committed.get();
                force.run();
                forced = all;
            }
        }
    }

    /** Returns when everything is on the disk that was committed so far, mostly at once. */
    void untilNow() {
        until(committed.get());
    }
}
