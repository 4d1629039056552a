package dev.gaze.core.fleet;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A place that was given. */
final class Taken implements Place {
    private final Fleet fleet;
    private final Member member;
    private final Instant since;
    private boolean worked;
    private boolean swapped;
    private boolean freed;
    private boolean closed;

    Taken(Fleet fleet, Member member, Instant since) {
        this.fleet = fleet;
        this.member = member;
        this.since = since;
    }

    @Override
    public Member member() {
        return member;
    }

    @Override
    public void held(@Nullable String checkpoint, Set<String> loras) {
        boolean loads = fleet.holds(member, checkpoint, loras);
        synchronized (this) {
            worked = true;
            swapped = loads;
        }
    }

    @Override
    public void free() {
        synchronized (this) {
            if (freed) {
                return;
            }
            freed = true;
        }
        if (worked) {
            fleet.ran(member, swapped, since);
        }
        fleet.free(member);
    }

    @Override
    public void close() {
        free();
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        fleet.leave(member);
    }
}
