package dev.gaze.comfy.client;

import dev.gaze.api.backend.RenderEvent;
import dev.gaze.api.backend.RenderOutput;
import dev.gaze.api.problem.Problem;
import java.util.List;

/** The ends of one run as events, with what it made and the server's address. */
final class Verdicts {
    private final Made made;
    private final String server;

    Verdicts(Made made, String server) {
        this.made = made;
        this.server = server;
    }

    /** What history tells; {@code cancelled} when we asked for a stop. */
    RenderEvent.Ended of(HistoryEntry entry, boolean cancelled) {
        List<RenderOutput> outputs = made.outputs(entry.outputs());
        ComfyError.NodeFailed failure = entry.failure();
        return switch (entry.outcome()) {
            case DONE -> new RenderEvent.Finished(outputs);
            case INTERRUPTED -> new RenderEvent.Interrupted(cancelled);
            case FAILED ->
                failure == null
                        ? new RenderEvent.Failed(Explanation.UNEXPLAINED.at(server), true, outputs)
                        : failed(failure, outputs);
        };
    }

    RenderEvent.Failed failed(ComfyError.NodeFailed failure, List<RenderOutput> outputs) {
        return new RenderEvent.Failed(
                Explanation.failed(failure).at("node " + failure.node() + " (" + failure.classType() + "), " + server),
                Explanation.retryable(failure),
                outputs);
    }

    /** We give it up, whatever the server still makes of it. */
    RenderEvent.Failed givenUp(Problem problem, boolean retryable) {
        return new RenderEvent.Failed(problem.at(server), retryable, made.outputs());
    }

    RenderEvent.Lost forgotten() {
        return new RenderEvent.Lost(Explanation.FORGOTTEN.at(server));
    }
}
