package dev.gaze.api.job;

import dev.gaze.api.plan.RenderPlan;
import dev.gaze.api.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * One picture on its way. A handle: every call tells how the job stands now. Safe for use by several threads.
 */
public interface Job {

    /**
     * Which job this is.
     *
     * @return its id
     */
    JobId id();

    /**
     * What was asked for.
     *
     * @return the request
     */
    GenerationRequest request();

    /**
     * What is being made.
     *
     * @return the plan, with every seed
     */
    RenderPlan plan();

    /**
     * Where it stands.
     *
     * @return the state now
     */
    JobState state();

    /**
     * How many jobs are in front of it, counting itself.
     *
     * @return 1 for the next one to start, 0 once it runs or has ended
     */
    int position();

    /**
     * How far the sampler is.
     *
     * @return 0 … 1; 1 once the job is done
     */
    double progress();

    /**
     * When it was submitted.
     *
     * @return an instant
     */
    Instant submitted();

    /**
     * When it ended.
     *
     * @return an instant; empty while it has not
     */
    Optional<Instant> ended();

    /**
     * What it has made.
     *
     * @return the result; empty unless it is done
     */
    Optional<JobResult> result();

    /**
     * Why it failed.
     *
     * @return the reason; empty unless it has failed
     */
    Optional<Problem> problem();

    /**
     * Waits for the end.
     *
     * @param atMost how long
     * @return the result
     * @throws dev.gaze.api.problem.GazeException when it failed, was cancelled, or has not ended in time
     *     ({@code TIMEOUT}; the job goes on)
     */
    JobResult await(Duration atMost);

    /**
     * The end, for those who do not want to wait.
     *
     * @return completes with the result, or with the {@code GazeException} of {@link #await}
     */
    CompletionStage<JobResult> completion();

    /**
     * Tells where the job stands, then what happens from now on. Who comes late is told the end at once. A listener
     * that is slower than the server misses images on the way, and nothing else.
     *
     * @param listener called in order, one call at a time; what it throws is logged and otherwise ignored
     * @param executor runs the listener; never a socket thread
     */
    void listen(Consumer<JobEvent> listener, Executor executor);

    /**
     * Tells where the job stands, then what happens from now on, on a thread of GAZE.
     *
     * @param listener called in order, one call at a time; should be short
     */
    void listen(Consumer<JobEvent> listener);

    /**
     * Stops exactly this job, wherever it is. Returns at once; the end is told as an event.
     *
     * @return false when it had already ended, or its image is being filed: then it is too late
     */
    boolean cancel();
}
