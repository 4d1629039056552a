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
import dev.gaze.core.ledger.Ledger;
import dev.gaze.core.store.Database;
import dev.gaze.core.store.DatabaseLost;
import dev.gaze.core.store.Signals;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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

    /** How many servers are told at once that nobody wants a prompt any more. */
    private static final int CALLS = 4;

    /** How many turns may do two things at once. */
    private static final int BESIDE = 8;

    private static final Duration IDLE_THREAD = Duration.ofSeconds(30);
    private static final Duration PRUNING = Duration.ofMinutes(10);
    private static final Duration TIDYING = Duration.ofSeconds(20);

    /** How long a database of our own may refuse to be written: a disk that is full hardly mends itself. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Desk desk;
    private final Debts debts;
    private final Claims claims;
    private final DurableJobs jobs;
    private final Turns turns;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final ThreadPoolExecutor errands;
    private final ThreadPoolExecutor calls;
    private final ThreadPoolExecutor beside;
    private final Time.Timer pruning;
    private final Time.Timer tidying;
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
        errands = threads("gaze-errands", 1);
        calls = threads("gaze-calls", CALLS);
        beside = beside();
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
                this::beside,
                new Leftovers(workshop.time(), calls, database.isServer(), this::isAsked),
                closed::get);
        debts = new Debts(workshop.time(), database.isServer() ? limits.away() : PATIENCE, desk::aside, creditor());
        turns = new Turns(desk, debts, this::makeRoom);
        claims = new Claims(
                database,
                ledger,
                turns::turn,
                new Claims.Setting(limits.window(), POLL, limits.heartbeat()),
                workshop.time(),
                debts);
        jobs = new DurableJobs(desk, this);
        pruning = workshop.time().every(PRUNING, () -> desk.aside(() -> jobs.prune(limits.keepFor())));
        tidying = workshop.time().every(TIDYING, () -> desk.aside(database::tidy));
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

    private boolean isAsked(KnownServer server) {
        return !closed.get()
                && desk.servers().find(server.id()).filter(server::equals).isPresent();
    }

    private static ThreadPoolExecutor threads(String name, int most) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                most, most, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> daemon(name, work));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** Nothing waits here: what finds no thread is done by the one that brings it. */
    private static ThreadPoolExecutor beside() {
        return new ThreadPoolExecutor(
                0,
                BESIDE,
                IDLE_THREAD.toSeconds(),
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                work -> daemon("gaze-beside", work),
                (work, full) -> work.run());
    }

    private void beside(Runnable work) {
        try {
            beside.execute(work);
        } catch (OutOfMemoryError noThread) {
            work.run();
        }
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
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
        return turns.held();
    }

    Claims claims() {
        return claims;
    }

    Optional<LiveJob> live(JobId id) {
        return turns.find(id);
    }

    /** Makes a job that was claimed as it was handed in. */
    Then made(LiveJob job) {
        return turns.made(job);
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
        if (turns.held() < claims.window()) {
            return;
        }
        turns.lowest().ifPresent(priority -> {
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
        desk.ledger().asked(turns.ids()).forEach(this::stop);
        desk.waiters().look();
        desk.news().look();
        makeRoom();
        claims.wake();
    }

    /** Looks what has been done, as soon as the database can tell. */
    void lookWhenBack(DatabaseLost lost) {
        debts.owe(this, lost, () -> desk.ledger().lastEvent());
    }

    /**
     * Stops a job, if it is made here.
     *
     * @return as {@link LiveJob#stop}; empty, too, when it is not made here
     */
    Optional<Boolean> stop(JobId id, Problem why) {
        Optional<Boolean> inTime = turns.find(id).flatMap(job -> job.stop(why));
        desk.fleet().withdraw(id);
        return inTime;
    }

    // Closing --------------------------------------------------------------------------------------------------------

    /**
     * Sends nothing more and lets go of what runs: it goes on on its server and is found again by whoever opens the
     * library next. May be called more than once.
     */
    @Override
    public void close() {
        turns.awaitStopped(GRACE);
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        pruning.cancel();
        tidying.cancel();
        debts.close();
        if (polling != null) {
            polling.cancel();
        }
        if (others != null) {
            others.close();
        }
        turns.ids().forEach(desk.fleet()::withdraw);
        awaitRest(calls, "Some prompts could not be stopped on their servers in time");
        desk.fleet().members().stream().map(Member::server).forEach(Shop::close); // runs end here as lost on our side
        claims.close();
        turns.letGo();
        awaitRest(beside, "Some names of files take long to be reserved");
        desk.news().close();
        desk.waiters().close();
        errands.getQueue().clear();
        awaitRest(errands, "Some errand takes long");
    }

    /** A thread that is interrupted while it uses a file of H2 closes it for all. */
    private static void awaitRest(ThreadPoolExecutor threads, String late) {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(Level.DEBUG, late);
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
    }

    private static void close(RenderServer server) {
        try {
            server.close();
        } catch (RuntimeException failure) {
            LOG.log(Level.WARNING, "Closing the connection to " + server.id() + " failed", failure);
        }
    }
}
