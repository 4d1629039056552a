package dev.gaze.api.backend;

import dev.gaze.api.json.JsonObject;
import dev.gaze.api.workflow.ServerFacts;
import dev.gaze.api.workflow.Workflow;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A connected server. Safe for use by several threads. Calls block until they are answered or their limit has passed;
 * a server that is away throws {@code UNAVAILABLE}, naming its address and how to start or configure one.
 */
public interface RenderServer extends AutoCloseable {

    /**
     * Which server this is.
     *
     * @return its name
     */
    BackendId id();

    /**
     * What the server can do. Asked once and kept until {@link #forgetFacts}.
     *
     * @return its nodes and model files
     */
    ServerFacts facts();

    /** Asks again at the next {@link #facts}, because somebody may have added files or nodes. */
    void forgetFacts();

    /**
     * Sends a workflow and follows it to its end. Returns as soon as the server has taken it.
     *
     * @param prompt the id of the run, ours and new; written down by the caller before this call
     * @param workflow what to run
     * @param pngInfo what the server writes into the images as text chunks besides the graph; key → JSON
     * @param listener told everything that happens, in order, one call at a time, on the callbacks executor; the last
     *     event is a {@link RenderEvent.Ended}, and there is exactly one
     * @return the run
     * @throws dev.gaze.api.problem.GazeException when the server refuses the workflow ({@code INVALID}) or is away
     *     ({@code UNAVAILABLE}); the listener is then told nothing
     */
    RenderRun start(UUID prompt, Workflow workflow, JsonObject pngInfo, Consumer<RenderEvent> listener);

    /** Ends the connection; runs under way end as lost on our side and go on on the server's. */
    @Override
    void close();
}
