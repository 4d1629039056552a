package dev.gaze.core.fleet;

import dev.gaze.api.backend.BackendId;
import dev.gaze.api.backend.BackendStatus;
import dev.gaze.api.backend.BackendStatus.Health;
import dev.gaze.api.backend.RenderServer;
import dev.gaze.api.problem.Problem;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A server of the fleet. Its state changes only under the fleet's lock. */
public final class Member {
    private static final System.Logger LOG = System.getLogger(Member.class.getName());

    private final RenderServer server;
    private final int slots;
    private volatile Health health = Health.UNKNOWN;
    private volatile @Nullable Problem problem;
    private volatile Instant since;
    private volatile int busy;
    /** How many jobs want something of the connection: those it works on, and those whose images are fetched. */
    private int users;

    private volatile @Nullable String checkpoint;
    private volatile Set<String> loras = Set.of();
    private @Nullable String coming;
    private volatile boolean leaving;
    private int changes;
    private final Pace pace = new Pace();

    Member(RenderServer server, int slots, Instant now) {
        this.server = server;
        this.slots = slots;
        since = now;
    }

    /** Its name. */
    public BackendId id() {
        return server.id();
    }

    /** The connection. */
    public RenderServer server() {
        return server;
    }

    /** Whether it did not answer when it was last asked. */
    public boolean isDown() {
        return health == Health.DOWN;
    }

    /** Why it is down. */
    public Optional<Problem> problem() {
        return Optional.ofNullable(problem);
    }

    /** Since when it has been as it is. */
    public Instant since() {
        return since;
    }

    BackendStatus status() {
        return new BackendStatus(id(), health, problem, slots, busy, checkpoint, since);
    }

    boolean isFree() {
        return busy < slots && health != Health.DOWN && !leaving;
    }

    boolean isUsed() {
        return users > 0;
    }

    boolean isLeaving() {
        return leaving;
    }

    void leave() {
        leaving = true;
    }

    /** Closes the connection, once it has left and its last job is over. */
    void close() {
        try {
            server.close();
        } catch (RuntimeException failure) {
            LOG.log(Level.WARNING, "Closing the connection to " + id() + " failed", failure);
        }
    }

    void health(Health now, @Nullable Problem why, Instant at) {
        if (health != now) {
            since = at;
            changes++;
        }
        health = now;
        problem = why;
    }

    /** How often its health has changed: tells an answer of now from one to an earlier question. */
    int changes() {
        return changes;
    }

    /** A job that needs this checkpoint is on its way, so the rule counts on it before the server has been sent it. */
    void take(@Nullable String needed) {
        busy++;
        users++;
        coming = needed == null ? coming : needed;
    }

    void give() {
        busy--;
        if (busy == 0) {
            coming = null;
        }
    }

    void letGo() {
        users--;
    }

    /** Whether it would have to load this first. */
    boolean lacks(@Nullable String needed) {
        return needed != null && !needed.equals(checkpoint);
    }

    void holds(@Nullable String checkpoint, Set<String> loras) {
        if (checkpoint != null) {
            this.checkpoint = checkpoint;
            coming = checkpoint.equals(coming) ? null : coming;
        }
        this.loras = loras;
    }

    void ran(boolean swapped, Duration span) {
        pace.ran(swapped, span);
    }

    /** What the rule of placement needs to know of it. */
    Placement.Server view() {
        return new Placement.Server(id(), coming == null ? checkpoint : coming, loras, slots, pace.run(), pace.swap());
    }
}
