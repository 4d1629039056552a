package dev.gaze.core.job;

import dev.gaze.api.job.JobId;
import dev.gaze.api.job.Priority;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.job.Claims.Then;
import dev.gaze.core.ledger.ClaimLost;
import dev.gaze.core.ledger.Ending;
import dev.gaze.core.ledger.JobLists;
import dev.gaze.core.store.DatabaseLost;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The jobs that are made here, each by one {@link Turn} at a time. Safe for use by several threads. */
final class Turns {
    private static final System.Logger LOG = System.getLogger(Turns.class.getName());

    private final Desk desk;
    private final Debts debts;
    private final Runnable makeRoom;
    private final Map<JobId, LiveJob> live = new ConcurrentHashMap<>();

    /**
     * No job yet.
     *
     * @param debts for what cannot be written down
     * @param makeRoom called with every job that begins
     */
    Turns(Desk desk, Debts debts, Runnable makeRoom) {
        this.desk = desk;
        this.debts = debts;
        this.makeRoom = makeRoom;
    }

    int held() {
        return live.size();
    }

    Set<JobId> ids() {
        return live.keySet();
    }

    Optional<LiveJob> find(JobId id) {
        return Optional.ofNullable(live.get(id));
    }

    /** How urgent the least urgent job is; empty when there is none. */
    Optional<Priority> lowest() {
        return live.values().stream().map(LiveJob::priority).min(Priority::compareTo);
    }

    /** Makes a job that was claimed. Whatever happens here, it ends or is claimed again. */
    Then turn(JobId id) {
        return turn(id, () -> desk.fresh().take(id).map(this::handedIn).or(() -> known(id)));
    }

    /** Another turn, perhaps in another process, may have had it in the meantime. */
    private LiveJob handedIn(Fresh.Job job) {
        JobId id = job.record().id();
        return new LiveJob(job.record(), job.graphs(), desk.ledger().attempts(id));
    }

    /** Makes a job that was claimed as it was handed in. */
    Then made(LiveJob job) {
        try {
            return turn(job.id(), () -> Optional.of(job));
        } finally {
            desk.unused(job);
        }
    }

    private Then turn(JobId id, Supplier<Optional<LiveJob>> found) {
        Optional<LiveJob> job = Optional.empty();
        try {
            awaitOtherTurn(id);
            job = found.get();
            return job.isPresent() ? turn(job.get()) : Then.OVER;
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            return Then.AGAIN;
        } catch (ClaimLost meanwhile) {
            LOG.log(Level.DEBUG, "A turn ends without a word", meanwhile);
            return Then.AGAIN;
        } catch (GazeException failure) {
            Optional<DatabaseLost> lost = DatabaseLost.in(failure);
            return lost.isPresent() ? lost(id, lost.get()) : over(id, job, failure);
        } catch (Throwable surprise) { // a plugin may throw anything; a job never stays without an answer
            LOG.log(Level.ERROR, "Job " + id + " met an error nobody foresaw", surprise);
            return over(
                    id,
                    job,
                    new GazeException(
                            Kind.FAILED,
                            null,
                            List.of(Problem.of("Something unforeseen went wrong: " + surprise)
                                    .fix("the log has the details; please report it")),
                            surprise));
        } finally {
            job.ifPresent(mine -> live.remove(id, mine));
            synchronized (live) {
                live.notifyAll();
            }
        }
    }

    /**
     * A claim whose heartbeats stopped for too long is taken for that of a dead process, though the job is made here: who
     * claims it then waits for the turn that has it.
     */
    private void awaitOtherTurn(JobId id) throws InterruptedException {
        synchronized (live) {
            while (live.containsKey(id)) {
                live.wait();
            }
        }
    }

    /** A job that was handed in by another process, or tried before. */
    private Optional<LiveJob> known(JobId id) {
        return desk.ledger()
                .find(id)
                .filter(record -> !record.state().ended())
                .map(record -> new LiveJob(
                        record,
                        new Graphs(
                                new Prepared(
                                        record.request(),
                                        record.plan(),
                                        desk.ledger().template(id),
                                        record.filedUnder()),
                                desk.wiring()),
                        desk.ledger().attempts(id)));
    }

    private Then turn(LiveJob job) throws InterruptedException {
        synchronized (live) {
            while (live.putIfAbsent(job.id(), job) != null) {
                live.wait();
            }
        }
        makeRoom.run();
        if (job.hasHeadStart()) {
            return new Turn(job, desk).run(); // which asks when it is sent: hardly anybody can know of it yet
        }
        // asked only now, when others find the job here, so that nothing they ask for is missed
        Optional<JobLists.Standing> standing = desk.ledger().lists().standing(job.id());
        if (standing.filter(now -> !now.state().ended()).isEmpty()) {
            return Then.OVER;
        }
        job.priority(standing.get().priority());
        if (standing.get().cancelRequested() != null) {
            job.stop(standing.get().cancelRequested());
        }
        return new Turn(job, desk).run();
    }

    private Then over(JobId id, Optional<LiveJob> job, GazeException failure) {
        if (desk.closing()) {
            return Then.AGAIN;
        }
        job.flatMap(LiveJob::starting).ifPresent(Starting::write);
        try {
            desk.end(id, new Ending.Failed(failure));
            job.ifPresent(desk::forget);
            return Then.OVER;
        } catch (DatabaseLost lost) {
            return lost(id, lost);
        }
    }

    /** It goes on from what was written down last, as after a crash. */
    private Then lost(JobId id, DatabaseLost why) {
        if (!desk.closing()) {
            debts.owe(id, why, () -> desk.ledger().lists().standing(id));
        }
        return Then.AGAIN;
    }

    /** Whatever still runs here files nothing any more. */
    void letGo() {
        live.values().forEach(LiveJob::letGo);
    }

    /** Jobs that somebody has cancelled get a moment to stop on their servers too. */
    void awaitStopped(Duration grace) {
        long end = System.nanoTime() + grace.toNanos();
        synchronized (live) {
            try {
                while (live.values().stream().anyMatch(job -> job.stopped().isPresent()) && System.nanoTime() < end) {
                    live.wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
                }
            } catch (InterruptedException hurry) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
