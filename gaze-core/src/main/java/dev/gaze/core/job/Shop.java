package dev.gaze.core.job;

import dev.gaze.api.backend.RenderServer;
import dev.gaze.api.job.JobId;
import dev.gaze.api.job.Jobs;
import dev.gaze.api.job.Priority;
import dev.gaze.api.job.Subscription;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.time.Time;
import dev.gaze.core.fleet.Fleet;
import dev.gaze.core.fleet.Member;
import dev.gaze.core.job.Claims.Then;
import dev.gaze.core.ledger.Ending;
import dev.gaze.core.ledger.JobLists;
import dev.gaze.core.ledger.Ledger;
import dev.gaze.core.store.Database;
import dev.gaze.core.store.DatabaseLost;
import dev.gaze.core.store.Signals;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where jobs are made: claims them, gives each a turn, and brings the news of other processes in. Nothing runs before
 * the first job; closing leaves every job as it stands, for whoever opens the library next. Safe for use by several
 * threads.
 */
public final class Shop implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Shop.class.getName());
    /** How often is looked for what other processes did, should no signal come. */
    private static final Duration POLL = Duration.ofSeconds(2);

    /** Real time, as closing must end even while nobody moves a clock of tests. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private static final Duration PRUNING = Duration.ofMinutes(10);

    /** How long a database of our own may refuse to be written: a disk that is full hardly mends itself. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Desk desk;
    private final Debts debts;
    private final Claims claims;
    private final DurableJobs jobs;
    private final Map<JobId, LiveJob> live = new ConcurrentHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final ThreadPoolExecutor errands;
    private final Time.Timer pruning;
    private @Nullable Subscription others;
    private Time.@Nullable Timer polling;

    /**
     * Jobs over a database.
     *
     * @param database holds them
     * @param ledger writes them down
     * @param fleet makes them; closed by the caller, after this
     * @param workshop what they are made with
     * @param limits how many and how long
     */
    public Shop(Database database, Ledger ledger, Fleet fleet, Workshop workshop, JobLimits limits) {
        Servers servers = new Servers(fleet);
        errands = new ThreadPoolExecutor(0, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
            Thread thread = new Thread(work, "gaze-errands");
            thread.setDaemon(true);
            return thread;
        });
        desk = new Desk(
                limits,
                ledger,
                fleet,
                servers,
                new Wiring(workshop.wirer(), servers::all),
                workshop,
                new News(ledger),
                new Waiters(ledger, workshop.time()),
                new Fresh(),
                errands,
                closed::get);
        debts = new Debts(workshop.time(), database.isServer() ? limits.away() : PATIENCE, desk::aside, creditor());
        claims = new Claims(
                database,
                ledger,
                this::turn,
                new Claims.Setting(limits.window(), POLL, limits.heartbeat()),
                workshop.time(),
                debts);
        jobs = new DurableJobs(desk, this);
        pruning = workshop.time().every(PRUNING, () -> desk.aside(() -> jobs.prune(limits.keepFor())));
        fleet.pause(ledger.paused());
        if (database.isServer()) {
            others = database.signals().listen(Ledger.SIGNALS, Signals.Listener.any(this::look));
            polling = workshop.time().every(POLL, () -> desk.aside(this::look));
            claims.wake();
        } else {
            ledger.claims().freeAll(); // the library's lock says that nobody else can hold one
            if (ledger.lists().hasUnfinished()) {
                claims.wake();
            }
        }
    }

    /**
     * The jobs as others see them.
     *
     * @return all of the library
     */
    public Jobs jobs() {
        return jobs;
    }

    /** How many jobs this process has claimed. */
    int held() {
        return live.size();
    }

    Claims claims() {
        return claims;
    }

    Optional<LiveJob> live(JobId id) {
        return Optional.ofNullable(live.get(id));
    }

    void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException("This library is closed");
        }
        if (desk.fleet().members().isEmpty()) {
            throw new GazeException(
                    Kind.UNAVAILABLE,
                    Problem.of("No installed plugin can connect to a server")
                            .fix("put dev.gaze:gaze-comfy beside gaze-core"));
        }
    }

    private Debts.Creditor creditor() {
        return new Debts.Creditor() {
            @Override
            public void away(DatabaseLost why) {
                desk.waiters().lost(why);
            }

            /** What was said to have failed may have been written all the same. */
            @Override
            public void back() {
                look();
            }
        };
    }

    // Waking ---------------------------------------------------------------------------------------------------------

    /** There is a new job, or one has become more urgent. */
    void wake() {
        makeRoom();
        claims.wake();
    }

    /** When all claims are taken and more urgent jobs wait outside, the least urgent ones that wait here give theirs up. */
    private void makeRoom() {
        if (live.size() < claims.window()) {
            return;
        }
        lowest().ifPresent(priority -> {
            int outside = desk.ledger().claims().waitingAbove(priority);
            if (outside > 0 && priority.value() < Integer.MAX_VALUE) {
                desk.fleet().sendAway(new Priority(priority.value() + 1), outside);
            }
        });
    }

    /** Another process may have done something. */
    private void look() {
        if (closed.get()) {
            return;
        }
        desk.fleet().pause(desk.ledger().paused());
        desk.ledger().asked(live.keySet()).forEach(this::stop);
        desk.waiters().look();
        desk.news().look();
        makeRoom();
        claims.wake();
    }

    private Optional<Priority> lowest() {
        return live.values().stream().map(LiveJob::priority).min(Priority::compareTo);
    }

    /** Stops a job, if it is made here. */
    void stop(JobId id, Problem why) {
        LiveJob job = live.get(id);
        if (job != null) {
            job.stop(why);
            desk.fleet().withdraw(id);
        }
    }

    // Turns ----------------------------------------------------------------------------------------------------------

    /** Whatever happens here, the job ends or is claimed again. */
    private Then turn(JobId id) {
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
        try {
            Optional<LiveJob> job = found.get();
            return job.isPresent() ? turn(job.get()) : Then.OVER;
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            return Then.AGAIN;
        } catch (GazeException failure) {
            Optional<DatabaseLost> lost = DatabaseLost.in(failure);
            return lost.isPresent() ? lost(id, lost.get()) : over(id, failure);
        } catch (Throwable surprise) { // a plugin may throw anything; a job never stays without an answer
            LOG.log(Level.ERROR, "Job " + id + " met an error nobody foresaw", surprise);
            return over(
                    id,
                    new GazeException(
                            Kind.FAILED,
                            null,
                            List.of(Problem.of("Something unforeseen went wrong: " + surprise)
                                    .fix("the log has the details; please report it")),
                            surprise));
        } finally {
            live.remove(id);
            synchronized (live) {
                live.notifyAll();
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
        live.put(job.id(), job);
        makeRoom();
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

    private Then over(JobId id, GazeException failure) {
        if (closed.get()) {
            return Then.AGAIN;
        }
        try {
            desk.end(id, new Ending.Failed(failure));
            return Then.OVER;
        } catch (DatabaseLost lost) {
            return lost(id, lost);
        }
    }

    /** It goes on from what was written down last, as after a crash. */
    private Then lost(JobId id, DatabaseLost why) {
        if (!closed.get()) {
            debts.owe(id, why, () -> desk.ledger().lists().standing(id));
        }
        return Then.AGAIN;
    }

    // Closing --------------------------------------------------------------------------------------------------------

    /**
     * Sends nothing more and lets go of what runs: it goes on on its server and is found again by whoever opens the
     * library next. May be called more than once.
     */
    @Override
    public void close() {
        awaitStopped();
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        pruning.cancel();
        debts.close();
        if (polling != null) {
            polling.cancel();
        }
        if (others != null) {
            others.close();
        }
        live.keySet().forEach(desk.fleet()::withdraw);
        desk.fleet().members().stream().map(Member::server).forEach(Shop::close); // runs end here as lost on our side
        claims.close();
        desk.news().close();
        desk.waiters().close();
        errands.shutdownNow();
    }

    /** Jobs that somebody has cancelled get a moment to stop on their servers too. */
    private void awaitStopped() {
        long end = System.nanoTime() + GRACE.toNanos();
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

    private static void close(RenderServer server) {
        try {
            server.close();
        } catch (RuntimeException failure) {
            LOG.log(Level.WARNING, "Closing the connection to " + server.id() + " failed", failure);
        }
    }
}
