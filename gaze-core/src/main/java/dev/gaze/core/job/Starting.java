package dev.gaze.core.job;

import dev.gaze.api.job.Attempt;
import dev.gaze.api.time.Time;
import dev.gaze.core.ledger.Start;
import dev.gaze.core.store.DatabaseLost;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * That a server works on a job, on its way into the ledger: at once when somebody listens, otherwise a moment later, or
 * together with the end where that comes first, as with a run out of the server's cache. Safe for use by several threads.
 */
final class Starting {
    private static final System.Logger LOG = System.getLogger(Starting.class.getName());
    private static final Duration A_MOMENT = Duration.ofMillis(50);

    private final LiveJob job;
    private final Desk desk;
    private @Nullable Start unwritten;
    private Time.@Nullable Timer timer;
    private boolean due;

    Starting(LiveJob job, Desk desk) {
        this.job = job;
        this.desk = desk;
    }

    /**
     * A sign that a server works on it; only the first counts.
     *
     * @return whether that is written down
     */
    boolean seen(KnownServer server) {
        boolean now;
        synchronized (this) {
            if (job.startedOn(server.id())) {
                unwritten = new Start(server.id(), desk.time().now());
                timer = desk.time().after(A_MOMENT, () -> desk.aside(this::write));
                due = false;
            }
            now = unwritten != null && (due || desk.news().isHeard());
        }
        if (now) {
            write();
        }
        synchronized (this) {
            return unwritten == null;
        }
    }

    /**
     * Writes it down, if that is still to be done. When the database is away, the next sign does, or the end; the run
     * goes on.
     */
    void write() {
        if (written()) {
            desk.news().kept(job.id()); // outside of our lock, as listeners may be called
        }
    }

    private synchronized boolean written() {
        due = true;
        if (unwritten == null || desk.closing()) {
            return false;
        }
        try {
            desk.ledger().started(job.id(), unwritten);
            unwritten = null;
            stopTimer();
            return true;
        } catch (DatabaseLost lost) {
            LOG.log(Level.DEBUG, "That a job has started is written down later", lost);
            return false;
        }
    }

    /** What is still to be written down, for whoever does so with the end. */
    synchronized Optional<Start> unwritten() {
        stopTimer();
        return Optional.ofNullable(unwritten);
    }

    /** What the last attempt tells, for a job whose process died before it was written down. */
    static Optional<Start> of(List<Attempt> attempts) {
        return attempts.stream().reduce((earlier, later) -> later).map(last -> new Start(last.backend(), last.sent()));
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
        }
    }
}
