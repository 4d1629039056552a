package dev.gaze.core.job;

import dev.gaze.api.job.Attempt;
import dev.gaze.api.job.JobId;
import dev.gaze.api.time.Time;
import dev.gaze.core.fleet.Fleet;
import dev.gaze.core.job.Claims.Then;
import dev.gaze.core.ledger.Ending;
import dev.gaze.core.ledger.Ledger;
import dev.gaze.core.ledger.Start;
import dev.gaze.core.store.DatabaseLost;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the turns of all jobs share.
 *
 * @param limits how many and how long
 * @param ledger where jobs stand
 * @param fleet who makes them
 * @param servers what is known of each
 * @param wiring puts plans into graphs
 * @param workshop what jobs are made with
 * @param news tells who listens
 * @param waiters those who wait for an end
 * @param fresh jobs that were handed in a moment ago
 * @param errands small work with the database that nobody waits for
 * @param beside what a turn does with the database while it does something else
 * @param leftovers prompts that nobody follows any more
 * @param closed whether the library is being closed
 */
record Desk(
        JobLimits limits,
        Ledger ledger,
        Fleet fleet,
        Servers servers,
        Wiring wiring,
        Workshop workshop,
        News news,
        Waiters waiters,
        Fresh fresh,
        Executor errands,
        Executor beside,
        Leftovers leftovers,
        BooleanSupplier closed) {
    private static final System.Logger LOG = System.getLogger(Desk.class.getName());

    Time time() {
        return workshop.time();
    }

    boolean closing() {
        return closed.getAsBoolean();
    }

    /** The ledger, for somebody who asks from outside. */
    Ledger open() {
        if (closing()) {
            throw new IllegalStateException("This library is closed");
        }
        return ledger;
    }

    /** What to do about a wait in vain: a paused queue explains every one. */
    String whyItWaits(String otherwise) {
        return open().paused() ? "the queue is paused: resume it" : otherwise;
    }

    /** A place that a job was given as it was handed in, should it still have it, is free again: nothing was sent there. */
    void unused(LiveJob job) {
        job.takeHeadStart().ifPresent(head -> {
            head.close();
            job.attemptEnded(head.prompt(), false);
            try {
                ledger.attemptEnded(job.id(), head.prompt(), null);
            } catch (DatabaseLost lost) { // it is looked for on its server then, in vain, and sent
                LOG.log(Level.DEBUG, "An attempt that was not made stands open", lost);
            }
        });
    }

    /**
     * Ends a job that is made here, and its claim with it where that can be told by name.
     *
     * @param start what is still to be told before the end; null when nothing is
     */
    Then end(LiveJob job, Ending how, @Nullable Start start) {
        boolean first = ledger.end(job.id(), how, job.claimant().orElse(null), start);
        if (first) {
            told(job.id(), how);
        }
        return first && job.claimant().isPresent() ? Then.SETTLED : Then.OVER;
    }

    /** Ends a job; false when it had ended before, so that there is one end only. */
    boolean end(JobId id, Ending how) {
        boolean first = ledger.end(id, how);
        if (first) {
            told(id, how);
        }
        return first;
    }

    /** A job was ended in the ledger: everybody who waits or listens learns of it. */
    void told(JobId id, Ending how) {
        waiters.ended(id, how);
        news.kept(id);
    }

    /** Nobody follows what was sent of a job any more, so it is stopped, should it still be there. */
    void forget(LiveJob job) {
        for (Attempt attempt : job.open()) {
            servers.find(attempt.backend()).ifPresent(server -> leftovers.stop(server, attempt.prompt()));
        }
    }

    /** Does something whose failure harms nobody, not even when no thread can be made for it. */
    void aside(Runnable errand) {
        try {
            errands.execute(() -> {
                try {
                    errand.run();
                } catch (RuntimeException | Error failure) {
                    LOG.log(level(failure), "An errand failed", failure);
                }
            });
        } catch (RuntimeException | Error refused) {
            LOG.log(level(refused), "An errand is not run", refused);
        }
    }

    private static Level level(Throwable failure) {
        return failure instanceof Error ? Level.WARNING : Level.DEBUG;
    }
}
