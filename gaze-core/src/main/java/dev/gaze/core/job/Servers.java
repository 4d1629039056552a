package dev.gaze.core.job;

import dev.gaze.api.backend.BackendId;
import dev.gaze.core.fleet.Fleet;
import dev.gaze.core.fleet.Member;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The servers of the fleet, with what each has told about itself. */
final class Servers {
    private final Fleet fleet;
    private final Map<BackendId, KnownServer> known = new ConcurrentHashMap<>();

    Servers(Fleet fleet) {
        this.fleet = fleet;
    }

    List<KnownServer> all() {
        return fleet.members().stream().map(this::of).toList();
    }

    /** A server that was taken away and added again under its old name has told nothing yet. */
    KnownServer of(Member member) {
        return known.compute(
                member.id(),
                (id, before) -> before != null && before.server() == member.server()
                        ? before
                        : new KnownServer(member.server()));
    }

    Optional<KnownServer> find(BackendId id) {
        return fleet.members().stream()
                .filter(member -> member.id().equals(id))
                .findFirst()
                .map(this::of);
    }
}
