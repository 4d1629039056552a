package dev.gaze.api.backend;

import dev.gaze.api.problem.Problem;
import java.util.List;

/** Something that happened to a run. A run's stream ends with exactly one {@link Ended}. */
public sealed interface RenderEvent {

    /**
     * The run waits in the server's queue.
     *
     * @param position 1 for the next one to start
     */
    record Queued(int position) implements RenderEvent {}

    /**
     * The server began to work on it.
     *
     * @param nodes how many nodes will be worked on, without those the server has cached
     */
    record Started(int nodes) implements RenderEvent {}

    /**
     * A node began.
     *
     * @param node its id
     */
    record NodeStarted(String node) implements RenderEvent {}

    /**
     * A node told how far it is. Never sent by a connection that can only poll.
     *
     * @param node its id
     * @param step from 1
     * @param steps how many there are
     */
    record Progressed(String node, int step, int steps) implements RenderEvent {}

    /**
     * An image on the way. Never a result.
     *
     * @param node the id of the node that sent it
     * @param mediaType {@code image/jpeg} or {@code image/png}
     * @param bytes the image; do not change
     */
    record Previewed(String node, String mediaType, byte[] bytes) implements RenderEvent {}

    /** The end of a run. */
    sealed interface Ended extends RenderEvent {}

    /**
     * It went well.
     *
     * @param outputs every file of every output node, in the order of nodes
     */
    record Finished(List<RenderOutput> outputs) implements Ended {
        /** Copies the list. */
        public Finished {
            outputs = List.copyOf(outputs);
        }
    }

    /**
     * A node failed, the server refused part of the graph, or a limit has passed.
     *
     * @param problem what happened, where, and what may help
     * @param retryable whether the same workflow may succeed on another attempt without anybody changing anything: true
     *     for a server whose worker died and for what nobody can explain; false when a limit has passed, and when
     *     memory, disk, a missing file or the models themselves stand against it
     * @param outputs what was made before it failed
     */
    record Failed(Problem problem, boolean retryable, List<RenderOutput> outputs) implements Ended {
        /** Copies the list. */
        public Failed {
            outputs = List.copyOf(outputs);
        }
    }

    /**
     * It was stopped before its end.
     *
     * @param byUs whether we asked for it; false when somebody else deleted or interrupted it
     */
    record Interrupted(boolean byUs) implements Ended {}

    /**
     * Nobody can say what became of it: the server restarted, somebody cleared its queue and history, it could not be asked
     * for too long, or the connection was closed here. It never counts as done, and the same workflow may be sent again;
     * where the server was only away, {@link RenderServer#attach} may still find it.
     *
     * @param problem what was seen
     */
    record Lost(Problem problem) implements Ended {}
}
