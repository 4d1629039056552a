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
     * What the server can do. Asked once and kept until {@link #forgetFacts}, or until the server shows that it
     * restarted.
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
     *     ({@code UNAVAILABLE}); the listener is then told nothing. After {@code UNAVAILABLE} the server may have taken
     *     the prompt all the same, when the connection broke at the wrong moment: {@link #attach} or {@link #cancel} it
     *     before it is sent again
     */
    RenderRun start(UUID prompt, Workflow workflow, JsonObject pngInfo, Consumer<RenderEvent> listener);

    /**
     * Follows a prompt that was sent earlier, by this process or by one that has died (G14). What became of it is asked
     * before this returns: one that has ended is told as ended, one that waits or runs is followed as {@link #start}
     * does, and one the server knows nothing of is told as {@link RenderEvent.Lost}. Of a prompt that another process
     * sent, progress and previews may stay away; its end never does.
     *
     * @param prompt the id it was sent with
     * @param workflow what was sent; the order of its nodes is that of the outputs
     * @param listener as with {@link #start}; whoever followed the prompt with this connection until now is told
     *     {@link RenderEvent.Lost}, and nothing more
     * @return the run
     * @throws dev.gaze.api.problem.GazeException when the server is away ({@code UNAVAILABLE}) or answers nonsense
     *     ({@code FAILED}), so that nothing can be said about the prompt; the listener is then told nothing
     */
    RenderRun attach(UUID prompt, Workflow workflow, Consumer<RenderEvent> listener);

    /**
     * Stops exactly this prompt, wherever it is on the server: takes it out of the queue when it waits, interrupts it
     * when it runs. For what is left of a run that nobody follows any more; does nothing when the server does not know
     * the id, or is done with it. Takes effect up to one sampler step later.
     *
     * @param prompt the id it was sent with
     * @throws dev.gaze.api.problem.GazeException when the server is away or answers nonsense; the prompt may go on
     */
    void cancel(UUID prompt);

    /**
     * Asks whether the server is there and is what it should be; returns when it is. One small request. A server that
     * failed to answer may come back with other nodes and models, so its facts are forgotten.
     *
     * @throws dev.gaze.api.problem.GazeException {@code UNAVAILABLE} when it is away, {@code FAILED} when something
     *     answers that is not such a server, such as a log-in page
     */
    void probe();

    /** Ends the connection; runs under way end as lost on our side and go on on the server's. */
    @Override
    void close();
}
