package dev.gaze.core.job;

import dev.gaze.api.job.JobId;
import dev.gaze.api.job.JobState;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.time.Time;
import dev.gaze.core.ledger.Ending;
import dev.gaze.core.ledger.JobRecord;
import dev.gaze.core.ledger.Ledger;
import dev.gaze.core.store.DatabaseLost;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/** Those who wait for the ends of jobs, on the library's clock. A job nobody waits for costs nothing here. */
final class Waiters {
    private static final Duration LONGEST_WAIT = Duration.ofDays(10_000);

    private final Ledger ledger;
    private final Time time;
    private final Map<JobId, CompletableFuture<Ending>> ends = new ConcurrentHashMap<>();

    Waiters(Ledger ledger, Time time) {
        this.ledger = ledger;
        this.time = time;
    }

    /**
     * The end, when it comes; cancelled when the library is closed before, failed when the database is lost or the job
     * was forgotten.
     */
    CompletableFuture<Ending> end(JobId id) {
        CompletableFuture<Ending> end = ends.computeIfAbsent(id, ignored -> new CompletableFuture<>());
        look(id); // it may have ended while nobody waited
        return end;
    }

    /** Waits for the end; empty when it has not come in time. */
    Optional<Ending> await(JobId id, Duration atMost) throws InterruptedException {
        CompletableFuture<Ending> end = end(id);
        if (!end.isDone() && atMost.compareTo(Duration.ZERO) > 0) {
            CompletableFuture<Void> timeUp = new CompletableFuture<>();
            Duration limit = atMost.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : atMost;
            Time.Timer timer = time.after(limit, () -> timeUp.complete(null));
            try {
                CompletableFuture.anyOf(end, timeUp).get();
            } catch (ExecutionException never) {
                return Optional.of(joined(end)); // which says why
            } finally {
                timer.cancel();
            }
        }
        return end.isDone() ? Optional.of(joined(end)) : Optional.empty();
    }

    private static Ending joined(CompletableFuture<Ending> end) {
        try {
            return end.join();
        } catch (CompletionException never) {
            throw never.getCause() instanceof GazeException why ? why : never;
        }
    }

    void ended(JobId id, Ending how) {
        CompletableFuture<Ending> end = ends.remove(id);
        if (end != null) {
            end.complete(how);
        }
    }

    /** Looks whether jobs that others wait for here were ended by another process. */
    void look() {
        ends.keySet().forEach(this::look);
    }

    private void look(JobId id) {
        Optional<JobState> state = ledger.lists().state(id);
        if (state.isPresent() && !state.get().ended()) {
            return;
        }
        Optional<Ending> how = state.flatMap(ignored -> ledger.find(id)).map(JobRecord::ending);
        if (how.isPresent()) {
            ended(id, how.get());
        } else {
            never(id, DurableJobs.unknown(id));
        }
    }

    private void never(JobId id, GazeException why) {
        CompletableFuture<Ending> end = ends.remove(id);
        if (end != null) {
            end.completeExceptionally(why);
        }
    }

    /** Nobody can know for now; who asks again is told anew. */
    void lost(DatabaseLost why) {
        ends.keySet().forEach(id -> never(id, why));
    }

    /** The library is closed: nobody waits any longer. */
    void close() {
        ends.values().forEach(end -> end.cancel(false));
        ends.clear();
    }
}
