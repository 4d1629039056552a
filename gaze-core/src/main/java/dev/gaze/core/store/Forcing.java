package dev.gaze.core.store;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Brings what was committed to the disk itself. H2 leaves a commit with the operating system, where it outlives the
 * process but not the power ({@link OnDisk}). Who commits while another thread forces shares the next
 * turn with all others who wait. Safe for use by several threads.
 */
final class Forcing {
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

    /** Returns when everything that was committed before is on the disk. */
    void afterCommit() {
        long mine = committed.incrementAndGet();
        synchronized (this) {
            if (forced < mine) {
                long all = committed.get();
                force.run();
                forced = all;
            }
        }
    }
}
