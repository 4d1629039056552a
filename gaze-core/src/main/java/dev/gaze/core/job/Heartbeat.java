package dev.gaze.core.job;

import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** Renews claims on a thread of the pool, as the timer's must not wait for a database. Safe for use by several threads. */
final class Heartbeat {
    private static final System.Logger LOG = System.getLogger(Heartbeat.class.getName());

    private final Executor threads;
    private final Runnable write;
    private final AtomicBoolean waiting = new AtomicBoolean();

    Heartbeat(Executor threads, Runnable write) {
        this.threads = threads;
        this.write = write;
    }

    /** Has it written, unless one before still waits for its thread. */
    void beat() {
        if (waiting.compareAndSet(false, true)) {
            try {
                threads.execute(this::now);
            } catch (RuntimeException | Error none) { // closing, or no thread can be made; the next beat tries again
                waiting.set(false);
                LOG.log(none instanceof Error ? Level.WARNING : Level.DEBUG, "A heartbeat is left out", none);
            }
        }
    }

    private void now() {
        waiting.set(false);
        write.run();
    }
}
