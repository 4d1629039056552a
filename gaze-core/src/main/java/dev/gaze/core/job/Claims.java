package dev.gaze.core.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.gaze.api.job.JobId;
import dev.gaze.api.time.Time;
import dev.gaze.core.ledger.Ledger;
import dev.gaze.core.store.Database;
import dev.gaze.core.store.DatabaseLost;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Claims jobs from the database, the most urgent first, and gives each to a thread of its own: db-scheduler with its
 * heartbeat, so that the jobs of a process that died are claimed by another one. As many are claimed at once as the
 * window is wide; the others stay in the database and cost no memory.
 *
 * <p>Jobs are scheduled by the {@link Ledger}, in the transaction that writes them down.
 */
final class Claims implements AutoCloseable {
    /** What becomes of a claim. */
    enum Then {
        /** The job has ended. */
        OVER,
        /** The job has ended, and its claim with it. */
        SETTLED,
        /** It is to be claimed again, by whoever comes first. */
        AGAIN
    }

    /**
     * How claims are kept.
     *
     * @param window how many jobs are claimed at once
     * @param poll how often is looked for what other processes have handed in, should no signal come
     * @param heartbeat how often a claim is renewed; one that was not renewed four times belongs to a process that died
     */
    record Setting(int window, Duration poll, Duration heartbeat) {}

    private static final System.Logger LOG = System.getLogger(Claims.class.getName());
    private static final int MISSED_HEARTBEATS = 4;
    /** Real time: closing must end even while nobody moves a clock of tests. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private static final Duration IDLE_THREAD = Duration.ofSeconds(30);

    private final Database database;
    private final Ledger ledger;
    private final Function<JobId, Then> turn;
    private final Setting setting;
    private final Time time;
    private final Debts debts;
    private final String claimant =
            "gaze-direct-" + UUID.randomUUID().toString().substring(24);
    private final AtomicInteger direct = new AtomicInteger();
    private final ThreadPoolExecutor threads;
    private final Heartbeat heartbeat;
    private @Nullable Scheduler scheduler;
    private Time.@Nullable Timer beating;
    private boolean closed;

    /**
     * Claims nothing yet.
     *
     * @param turn makes a claimed job, on a thread of its own; returns when nothing is left to do here
     * @param debts for what cannot be written down
     */
    Claims(Database database, Ledger ledger, Function<JobId, Then> turn, Setting setting, Time time, Debts debts) {
        this.database = database;
        this.ledger = ledger;
        this.debts = debts;
        threads = threads();
        heartbeat = new Heartbeat(threads, this::beat);
        this.turn = turn;
        this.setting = setting;
        this.time = time;
    }

    int window() {
        return setting.window;
    }

    // Straight from the hand that hands it in ------------------------------------------------------------------------

    /**
     * The name under which a job may be claimed by writing it down, instead of being looked for: the shortest way when
     * this process has room for it. Empty when it has none, as older jobs may wait then. Follow with {@link #begin} at
     * once.
     *
     * @param held how many jobs this process has claimed
     */
    Optional<String> claimant(int held) {
        return held < setting.window && direct.get() < setting.window ? Optional.of(claimant) : Optional.empty();
    }

    /**
     * Makes a job that was written down as claimed by {@link #claimant}.
     *
     * @param made makes it, on a thread of its own
     * @return false when nobody can make it here; then {@link #giveBack} it
     */
    boolean begin(JobId id, Supplier<Then> made) {
        synchronized (this) {
            if (beating == null && !closed) {
                beating = time.every(setting.heartbeat, () -> {
                    if (direct.get() > 0) {
                        heartbeat.beat();
                    }
                });
            }
        }
        direct.incrementAndGet();
        try {
            threads.execute(() -> make(id, made));
            return true;
        } catch (RejectedExecutionException | OutOfMemoryError full) { // the latter says that no thread can be made
            LOG.log(Level.DEBUG, "A job is left to be claimed again", full);
            direct.decrementAndGet();
            return false;
        }
    }

    private void make(JobId id, Supplier<Then> made) {
        Then then = Then.AGAIN;
        try {
            then = made.get();
        } finally {
            direct.decrementAndGet();
            if (then == Then.OVER) {
                settle(id, () -> ledger.claims().remove(id));
            } else if (then == Then.AGAIN) {
                giveBack(id);
            }
        }
    }

    /** A job that was claimed by name is claimed again, by whoever comes first. */
    void giveBack(JobId id) {
        settle(id, () -> release(id));
    }

    /** Nobody knows whether a job was written down as claimed by name; if it was, it is claimed again. */
    void giveBackIfThere(JobId id, DatabaseLost unknown) {
        debts.owe(id, unknown, () -> release(id));
    }

    private void release(JobId id) {
        ledger.claims().giveBack(id, claimant);
        wake();
    }

    private void settle(JobId id, Runnable write) {
        try {
            write.run();
        } catch (DatabaseLost lost) {
            debts.owe(id, lost, write);
        }
    }

    private void beat() {
        try {
            ledger.claims().beat(claimant);
        } catch (DatabaseLost lost) {
            LOG.log(Level.DEBUG, "A heartbeat was not written; the next one may be", lost);
        }
    }

    // Through db-scheduler -------------------------------------------------------------------------------------------

    /** Begins to claim, or looks at once whether there is something new. */
    synchronized void wake() {
        if (closed) {
            return;
        }
        Scheduler running = scheduler;
        if (running == null) {
            running = build();
            scheduler = running;
            running.start();
        }
        running.triggerCheckForDueExecutions();
    }

    private Scheduler build() {
        CustomTask<Void> job = Tasks.custom(Ledger.TASK, Void.class)
                .onDeadExecutionRevive()
                .onFailure((failed, operations) -> {
                    LOG.log(
                            Level.WARNING,
                            "A turn of job " + failed.getExecution().getId() + " broke off; it comes again",
                            failed.getCause().orElse(null));
                    operations.reschedule(failed, time.now().plusSeconds(1));
                })
                .execute((claimed, context) -> {
                    Then then = turn.apply(JobId.parse(claimed.getId()));
                    return (complete, operations) -> {
                        if (then == Then.AGAIN) {
                            operations.reschedule(
                                    complete, complete.getExecution().getExecutionTime());
                        } else {
                            operations.remove();
                        }
                    };
                });
        return Scheduler.create(database.source(), job)
                .schedulerName(new SchedulerName.Fixed("gaze-" + UUID.randomUUID()))
                .jdbcCustomization(customization())
                .serializer(new NoData())
                .executorService(threads)
                .threads(setting.window)
                .pollUsingLockAndFetch(1 - 0.5 / setting.window, 1.0) // looks again as soon as one thread is free
                .pollingInterval(setting.poll)
                .heartbeatInterval(setting.heartbeat)
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .enablePriority()
                .shutdownMaxWait(GRACE)
                .clock(time::now)
                .addSchedulerListener(new ClaimWatch(database.sql().lost("jobs cannot be claimed"), debts))
                .failureLogging(LogLevel.OFF, false)
                .build();
    }

    private JdbcCustomization customization() {
        return database.isServer() ? new PostgreSqlJdbcCustomization(false, false) : new H2Claims();
    }

    private static ThreadPoolExecutor threads() {
        AtomicInteger number = new AtomicInteger();
        // An idle thread is used before a new one is made. Without a bound of its own, as the window is one: threads
        // may
        // still be on their way back from claims that count as over, and db-scheduler forgets what it has claimed when
        // no thread takes it.
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_THREAD.toSeconds(), TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                    Thread thread = new Thread(work, "gaze-job-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Claims no more and waits for the turns, which the caller has told to come back. */
    @Override
    public void close() {
        Scheduler running;
        synchronized (this) {
            closed = true;
            running = scheduler;
            scheduler = null;
            if (beating != null) {
                beating.cancel();
            }
        }
        if (running != null) {
            running.stop();
        }
        threads.shutdown();
        try {
            if (!threads.awaitTermination(GRACE.toSeconds(), TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException hurry) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
