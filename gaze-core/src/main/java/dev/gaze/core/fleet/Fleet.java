package dev.gaze.core.fleet;

import dev.gaze.api.backend.BackendId;
import dev.gaze.api.backend.BackendStatus;
import dev.gaze.api.backend.BackendStatus.Health;
import dev.gaze.api.backend.RenderServer;
import dev.gaze.api.job.JobId;
import dev.gaze.api.job.Priority;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The servers of a library and the jobs that wait for them. A place that becomes free is given away in the same moment.
 * Safe for use by several threads.
 */
public final class Fleet implements AutoCloseable {
    private final Time time;
    private final Placement placement;
    private final Probing probing;
    private final Map<BackendId, Member> members = new LinkedHashMap<>();
    private final Map<JobId, Parked> parked = new LinkedHashMap<>();
    private boolean paused;
    private boolean closed;
    private Instant favour = Instant.MIN;
    private Time.Timer alarm = () -> {};
    private volatile boolean everAnswered;

    /**
     * A fleet without servers.
     *
     * @param time the clock and timer
     * @param patience how long a job waits at most behind others that suit the servers better
     * @param probes runs the questions to servers that were down; may block
     */
    public Fleet(Time time, Duration patience, Executor probes) {
        this.time = time;
        placement = new Placement(patience);
        probing = new Probing(time, probes, new Probing.Answers(this::awaits, this::up, this::stillAway));
    }

    // Who is there ---------------------------------------------------------------------------------------------------

    /**
     * Uses a server from now on.
     *
     * @param server the connection; closed with the fleet, or when it has left and its last job is over
     * @param slots how many jobs it is sent at once, 1 or more
     * @throws GazeException {@code CONFLICT} when there is one of this name
     */
    public synchronized void add(RenderServer server, int slots) {
        if (members.containsKey(server.id())) {
            throw new GazeException(
                    Kind.CONFLICT,
                    Problem.of("There is a server '%s' already".formatted(server.id()))
                            .fix("give this one another name"));
        }
        members.put(server.id(), new Member(server, slots, time.now()));
        assign();
    }

    /** Sends a server nothing more; false when there is none of this name. */
    public boolean remove(BackendId id) {
        Member leaving;
        boolean unused;
        synchronized (this) {
            leaving = members.remove(id);
            if (leaving == null) {
                return false;
            }
            leaving.leave();
            unused = !leaving.isUsed();
            lookAgain();
            assign();
        }
        if (unused) {
            leaving.close();
        }
        return true;
    }

    /** The servers, in the order in which they were added. */
    public synchronized List<Member> members() {
        return List.copyOf(members.values());
    }

    /** How they are doing. */
    public synchronized List<BackendStatus> status() {
        return members.values().stream().map(Member::status).toList();
    }

    /** Whether any server has taken work or answered a probe since the fleet exists. */
    public boolean everAnswered() {
        return everAnswered;
    }

    // Who waits ------------------------------------------------------------------------------------------------------

    /**
     * Waits for a place.
     *
     * @return the place; empty when the job was withdrawn, is no longer wanted, or the fleet is closed
     */
    public Optional<Place> await(Candidate job) throws InterruptedException {
        Parked mine = new Parked(job);
        boolean taken = false;
        try {
            park(mine);
            Optional<Place> place = mine.await().map(this::taken);
            if (Thread.interrupted()) { // a place that came in the same moment is not for a thread that gives up
                throw new InterruptedException();
            }
            taken = true;
            return place;
        } finally {
            unpark(mine, taken);
        }
    }

    /**
     * Takes a place that is free now and that nobody waits for.
     *
     * @return the place; empty when the job would have to wait
     */
    public synchronized Optional<Place> take(Candidate job) {
        if (parked.values().stream().anyMatch(Parked::waits)) {
            return Optional.empty();
        }
        Parked mine = new Parked(job);
        park(mine);
        parked.remove(job.id(), mine);
        mine.sendAway();
        return mine.given().map(this::taken);
    }

    private Place taken(Member member) {
        return new Taken(this, member, time.now());
    }

    private synchronized void park(Parked mine) {
        Parked before = parked.put(mine.job().id(), mine);
        if (before != null) {
            before.sendAway();
        }
        if (closed || members.isEmpty() || !mine.job().wanted().getAsBoolean()) { // here, so that nothing falls between
            mine.sendAway();
        }
        assign();
    }

    /** A place that was given in the moment in which its job stopped waiting goes to the next one. */
    private void unpark(Parked mine, boolean taken) {
        Member unused;
        synchronized (this) {
            parked.remove(mine.job().id(), mine);
            mine.sendAway();
            unused = taken ? null : mine.given().orElse(null);
        }
        if (unused != null) {
            free(unused);
            leave(unused);
        }
    }

    /** The wait of a job ends without a place. Does nothing when it does not wait. */
    public synchronized void withdraw(JobId id) {
        Parked waiting = parked.get(id);
        if (waiting != null) {
            waiting.sendAway();
        }
    }

    /**
     * Ends the wait of the least urgent jobs, to make room.
     *
     * @param above only jobs less urgent than this
     * @param most how many at most
     * @return which
     */
    public synchronized List<JobId> sendAway(Priority above, int most) {
        List<JobId> sent = parked.values().stream()
                .filter(one -> one.waits() && one.job().priority().compareTo(above) < 0)
                .map(Parked::job)
                .sorted(Comparator.comparing(Candidate::priority)
                        .thenComparing(
                                Comparator.comparingLong(Candidate::number).reversed()))
                .limit(most)
                .map(Candidate::id)
                .toList();
        sent.forEach(this::withdraw);
        return sent;
    }

    /** Changes how urgent a waiting job is. */
    public synchronized void reprioritise(JobId id, Priority priority) {
        Parked waiting = parked.get(id);
        if (waiting != null) {
            waiting.reprioritised(waiting.job().withPriority(priority));
            assign();
        }
    }

    /** Gives no places, or gives them again. */
    public synchronized void pause(boolean paused) {
        this.paused = paused;
        assign();
    }

    /** Whether a job waits here. */
    public synchronized boolean waits(JobId id) {
        Parked waiting = parked.get(id);
        return waiting != null && waiting.waits();
    }

    /** How many jobs wait here. */
    public synchronized int parked() {
        return (int) parked.values().stream().filter(Parked::waits).count();
    }

    // Giving places --------------------------------------------------------------------------------------------------

    /** Called with the lock held, whenever something has changed that may let a job go. */
    private void assign() {
        alarm.cancel();
        if (paused || closed || parked.isEmpty()) {
            return;
        }
        for (Optional<Placement.Choice> next = choose(); next.isPresent(); next = choose()) {
            Placement.Choice choice = next.get();
            favour = choice.favoured() ? time.now() : favour;
            parked.get(choice.job()).give(members.get(choice.server()));
        }
    }

    private synchronized void assignNow() {
        assign();
    }

    /** A job that a free server leaves to a busy one does not wait for it longer than the patience allows. */
    private void wake(List<Placement.Waiting> waiting, Set<BackendId> free, Instant now) {
        waiting.stream()
                .filter(job -> job.suits().stream().anyMatch(free::contains))
                .map(job -> placement.dueAt(job, favour))
                .min(Comparator.naturalOrder())
                .ifPresent(due -> alarm = time.after(Duration.between(now, due), this::assignNow));
    }

    /** Those for whom nobody is left learn it now, and what to say about it is up to them. */
    private void lookAgain() {
        parked.values().stream()
                .filter(one -> members.values().stream().noneMatch(member -> !member.isDown() && one.accepts(member)))
                .forEach(Parked::sendAway);
    }

    private Optional<Placement.Choice> choose() {
        Set<BackendId> free = new HashSet<>();
        List<Placement.Server> servers = new ArrayList<>();
        for (Member member : members.values()) {
            if (!member.isDown()) {
                servers.add(member.view());
            }
            if (member.isFree()) {
                free.add(member.id());
            }
        }
        if (free.isEmpty()) {
            return Optional.empty();
        }
        List<Placement.Waiting> waiting = new ArrayList<>();
        for (Parked one : parked.values()) {
            if (one.waits()) {
                waiting.add(view(one));
            }
        }
        Instant now = time.now();
        Optional<Placement.Choice> next = placement.next(waiting, servers, free, favour, now);
        if (next.isEmpty()) {
            wake(waiting, free, now);
        }
        return next;
    }

    private Placement.Waiting view(Parked one) {
        Candidate job = one.job();
        Set<BackendId> suits = new HashSet<>();
        for (Member member : members.values()) {
            if (!member.isDown() && one.accepts(member)) {
                suits.add(member.id());
            }
        }
        return new Placement.Waiting(
                job.id(), job.priority(), job.number(), job.checkpoint(), job.loras(), job.since(), suits);
    }

    // What is done with places ---------------------------------------------------------------------------------------

    /** A server was sent work that needs these; says whether it has to load the checkpoint first. */
    synchronized boolean holds(Member member, @Nullable String checkpoint, Set<String> loras) {
        boolean loads = member.lacks(checkpoint);
        member.holds(checkpoint, loras);
        up(member);
        return loads;
    }

    synchronized void ran(Member member, boolean swapped, Instant since) {
        member.ran(swapped, Duration.between(since, time.now()));
    }

    /** A place is free again. */
    synchronized void free(Member member) {
        member.give();
        assign();
    }

    /** A job wants nothing more of a server. */
    void leave(Member member) {
        boolean last;
        synchronized (this) {
            member.letGo();
            last = member.isLeaving() && !member.isUsed();
        }
        if (last) {
            member.close();
        }
    }

    // Health ---------------------------------------------------------------------------------------------------------

    /** A server was found away. It is asked again until it answers, and gets no work meanwhile. */
    public synchronized void down(BackendId id, Problem why) {
        Member member = members.get(id);
        if (member == null || closed) {
            return;
        }
        boolean known = member.isDown();
        member.health(Health.DOWN, why, time.now());
        if (!everAnswered) {
            lookAgain();
        }
        assign(); // what was left to it may go elsewhere now
        if (!known) {
            probing.begin(member);
        }
    }

    /** Whether a server is away as it was when a question to it was thought of. */
    private synchronized boolean awaits(Member member, int change) {
        return !closed && members.get(member.id()) == member && member.isDown() && member.changes() == change;
    }

    private synchronized void stillAway(Member member, int change, Problem why) {
        if (awaits(member, change)) {
            member.health(Health.DOWN, why, time.now());
        }
    }

    /**
     * Asks the servers that are down at once, on the calling thread.
     *
     * @return whether one of them answers now
     */
    public boolean askAgain() {
        boolean back = false;
        for (Member member : members()) {
            if (member.isDown() && Probing.probe(member).isEmpty()) {
                up(member);
                back = true;
            }
        }
        return back;
    }

    private synchronized void up(Member member) {
        everAnswered = true;
        member.health(Health.UP, null, time.now());
        assign();
    }

    /** Nobody waits any longer, and no places are given. The connections are closed by whoever opened them. */
    @Override
    public synchronized void close() {
        closed = true;
        alarm.cancel();
        parked.values().forEach(Parked::sendAway);
    }
}
