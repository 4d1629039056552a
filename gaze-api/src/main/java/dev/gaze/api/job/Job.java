package dev.gaze.api.job;

import dev.gaze.api.plan.RenderPlan;
import dev.gaze.api.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * One picture on its way. A handle: every call tells how the job stands now, wherever it runs. Safe for use by several
 * threads.
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
     * How urgent it is.
     *
     * @return as it was submitted, or as {@link Jobs#prioritise} changed it
     */
    Priority priority();

    /**
     * How many jobs are in front of it, counting itself.
     *
     * @return 1 for the next one to start by priority and age, 0 once it runs or has ended
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
     * When a server first began to work on it.
     *
     * @return an instant; empty while none has
     */
    Optional<Instant> started();

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
     * Every time it was sent to a server, with what was sent.
     *
     * @return in order; empty while it has not been sent
     */
    List<Attempt> attempts();

    /**
     * The batch it belongs to.
     *
     * @return its id; empty for a job of its own
     */
    Optional<BatchId> batch();

    /**
     * The job that failed and is tried once more with this one.
     *
     * @return its id; empty for a first try
     */
    Optional<JobId> retryOf();

    /**
     * Waits for the end.
     *
     * @param atMost how long
     * @return the result
     * @throws dev.gaze.api.problem.GazeException when it failed, was cancelled, or has not ended in time
     *     ({@code TIMEOUT}; the job goes on); {@code TIMEOUT} also when the waiting thread is interrupted, which then
     *     stays interrupted; {@code UNAVAILABLE} when the library is closed meanwhile (it goes on when the library is
     *     opened again)
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
     * that is slower than the server misses steps and images on the way, is told how many
     * ({@link JobEvent.Missed}), and misses nothing else.
     *
     * @param listener called in order, one call at a time; what it throws is logged and otherwise ignored
     * @param executor runs the listener; never a socket thread
     * @return ends the calls when closed
     */
    Subscription listen(Consumer<JobEvent> listener, Executor executor);

    /**
     * Tells where the job stands, then what happens from now on, on a thread of GAZE.
     *
     * @param listener called in order, one call at a time; should be short
     * @return ends the calls when closed
     */
    Subscription listen(Consumer<JobEvent> listener);

    /**
     * Stops exactly this job, wherever it is. Returns at once; the end is told as an event.
     *
     * @return false when it had already ended, or its image is being filed: then it is too late, unless filing fails
     */
    boolean cancel();
}
