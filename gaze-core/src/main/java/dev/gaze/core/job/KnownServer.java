package dev.gaze.core.job;

import dev.gaze.api.backend.BackendId;
import dev.gaze.api.backend.RenderServer;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.workflow.ServerFacts;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A server, and what it last told about itself, so that a request can be judged without asking it. */
final class KnownServer {
    private final RenderServer server;
    private volatile @Nullable ServerFacts told;

    KnownServer(RenderServer server) {
        this.server = server;
    }

    RenderServer server() {
        return server;
    }

    BackendId id() {
        return server.id();
    }

    /** What it told last; empty when it was never asked. */
    Optional<ServerFacts> told() {
        return Optional.ofNullable(told);
    }

    /**
     * Does something with the server's facts. When that is refused as invalid they may be out of date, since somebody
     * may have put the missing file there: they are asked for anew, and it is tried once more.
     */
    <T> T withFacts(Function<ServerFacts, T> action) {
        try {
            return action.apply(ask());
        } catch (GazeException refused) {
            if (refused.kind() != GazeException.Kind.INVALID) {
                throw refused;
            }
            server.forgetFacts();
            return action.apply(ask());
        }
    }

    private ServerFacts ask() {
        ServerFacts facts = server.facts();
        told = facts;
        return facts;
    }
}
