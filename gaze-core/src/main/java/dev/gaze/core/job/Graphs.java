package dev.gaze.core.job;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.workflow.ServerFacts;
import dev.gaze.api.workflow.Workflow;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The graph of one job for each server. It is asked for when the job is handed in, whenever a place is given away, and
 * when the job is sent, so it is wired once, and again only when the server has told something else. Safe for use by
 * several threads.
 */
final class Graphs {
    private final Prepared prepared;
    private final Wiring wiring;
    private final Map<KnownServer, Wired> wired = new ConcurrentHashMap<>();

    Graphs(Prepared prepared, Wiring wiring) {
        this.prepared = prepared;
        this.wiring = wiring;
    }

    /** What it came to for a server that has told this; either a workflow or a refusal. */
    private record Wired(
            ServerFacts facts,
            @Nullable Workflow workflow,
            @Nullable GazeException refusal) {}

    Prepared prepared() {
        return prepared;
    }

    /**
     * The graph for a server.
     *
     * @throws GazeException {@code INVALID} with everything the server would refuse
     */
    Workflow wire(KnownServer server, ServerFacts facts) {
        Wired one =
                wired.compute(server, (any, before) -> before != null && before.facts == facts ? before : wired(facts));
        if (one.workflow == null) {
            throw one.refusal == null ? new IllegalStateException("neither wired nor refused") : one.refusal;
        }
        return one.workflow;
    }

    private Wired wired(ServerFacts facts) {
        try {
            return new Wired(facts, wiring.wire(prepared, facts), null);
        } catch (GazeException refusal) {
            return new Wired(facts, null, refusal);
        }
    }

    /** Whether a server could make it, by what it told last; one that has told nothing may. */
    boolean mayGoTo(KnownServer server) {
        return server.told().map(facts -> accepts(server, facts)).orElse(true);
    }

    /** Whether a server that has told this could make it. */
    boolean accepts(KnownServer server, ServerFacts facts) {
        try {
            wire(server, facts);
            return true;
        } catch (GazeException refusal) {
            if (!Refusals.isForThisServerOnly(refusal)) {
                throw refusal;
            }
            return false;
        }
    }
}
