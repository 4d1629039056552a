package dev.gaze.api.job;

import dev.gaze.api.asset.Page;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The jobs of a library. They are written down before anything is sent and live until they are pruned, through crashes
 * and restarts: whoever opens the library next goes on with them. Safe for use by several threads.
 */
public interface Jobs {

    // Handing in -----------------------------------------------------------------------------------------------------

    /**
     * Takes a request, with somebody waiting for it. Everything that can be wrong with it by itself is found now; the
     * rest is found by the job.
     *
     * @param request what is wanted
     * @return the job, queued
     * @throws dev.gaze.api.problem.GazeException when an asset does not exist, the text holds a name of the deny list,
     *     no server could make it, or too many jobs wait already ({@code UNAVAILABLE})
     */
    default Job submit(GenerationRequest request) {
        return submit(request, Priority.INTERACTIVE);
    }

    /**
     * Takes a request.
     *
     * @param request what is wanted
     * @param priority how urgent it is
     * @return the job, queued
     * @throws dev.gaze.api.problem.GazeException as {@link #submit(GenerationRequest)}
     */
    Job submit(GenerationRequest request, Priority priority);

    /**
     * Takes many requests under one handle, all of them or none, as background work. Very many are written down a few
     * hundred at a time; when that comes to nothing half way, those that were written down are cancelled.
     *
     * @param name a text for people
     * @param requests what is wanted, in this order; at least one
     * @return the batch, queued
     * @throws dev.gaze.api.problem.GazeException as {@link #submit(GenerationRequest)}, naming the place in the list
     * @throws IllegalArgumentException when there is no request
     */
    Batch batch(String name, List<GenerationRequest> requests);

    /**
     * Takes many requests under one handle, as background work.
     *
     * @param requests what is wanted, in this order; at least one
     * @return the batch, queued
     * @throws dev.gaze.api.problem.GazeException as {@link #batch(String, List)}
     * @throws IllegalArgumentException when there is no request
     */
    default Batch batch(List<GenerationRequest> requests) {
        return batch(requests.size() == 1 ? "1 picture" : requests.size() + " pictures", requests);
    }

    /**
     * Makes a cover for every asset that has none (G109, G124), sorted by display name.
     *
     * @param categories of these, one after the other; none means every category that can be shown by itself
     * @return the batch; empty when every asset has its cover
     * @throws dev.gaze.api.problem.GazeException as {@link #batch(String, List)}
     */
    Optional<Batch> missingCovers(String... categories);

    /**
     * Tries a job that failed or was cancelled once more, with the seeds it had, as a new job. In its batch the new one
     * takes its place.
     *
     * @param id which
     * @return the new job, queued
     * @throws dev.gaze.api.problem.GazeException {@code NOT_FOUND}; {@code CONFLICT} when it has not ended, is done, or
     *     was tried again already
     */
    Job retry(JobId id);

    // Looking --------------------------------------------------------------------------------------------------------

    /**
     * Looks a job up.
     *
     * @param id its id
     * @return the job; empty when it is unknown or was pruned
     */
    Optional<Job> find(JobId id);

    /**
     * Gets a job that must exist.
     *
     * @param id its id
     * @return the job
     * @throws dev.gaze.api.problem.GazeException {@code NOT_FOUND}
     */
    Job get(JobId id);

    /**
     * Jobs that answer a query, the newest first.
     *
     * @param query which
     * @param offset how many to pass over, from 0
     * @param limit how many at most, 1 or more
     * @return the page
     */
    Page<Job> list(JobQuery query, int offset, int limit);

    /**
     * Jobs in some states, the newest first.
     *
     * @param states which; empty means all
     * @param offset how many to pass over, from 0
     * @param limit how many at most, 1 or more
     * @return the page
     */
    default Page<Job> list(Set<JobState> states, int offset, int limit) {
        return list(new JobQuery(states, null, null, null, null), offset, limit);
    }

    /**
     * How many jobs there are in each state.
     *
     * @return every state, also with 0
     */
    Map<JobState, Long> counts();

    /**
     * Looks a batch up.
     *
     * @param id its id
     * @return the batch; empty when it is unknown or all its jobs were pruned
     */
    Optional<Batch> findBatch(BatchId id);

    /**
     * The batches, the newest first.
     *
     * @param offset how many to pass over, from 0
     * @param limit how many at most, 1 or more
     * @return the page
     */
    Page<Batch> batches(int offset, int limit);

    // Steering -------------------------------------------------------------------------------------------------------

    /**
     * Stops exactly one job, wherever it is.
     *
     * @param id which
     * @return false when it had already ended, or its image is being filed; should that fail, it is stopped all the same
     * @throws dev.gaze.api.problem.GazeException {@code NOT_FOUND}
     */
    boolean cancel(JobId id);

    /**
     * Stops a job that still waits (I11).
     *
     * @param id which
     * @throws dev.gaze.api.problem.GazeException {@code CONFLICT} when it runs, {@code NOT_FOUND} when it is unknown or
     *     has ended
     */
    void cancelIfQueued(JobId id);

    /**
     * Changes how urgent a job is that waits.
     *
     * @param id which
     * @param priority from now on
     * @return false when it no longer waits
     * @throws dev.gaze.api.problem.GazeException {@code NOT_FOUND}
     */
    boolean prioritise(JobId id, Priority priority);

    /** Sends nothing from now on, also after a restart; what runs runs to its end. Does nothing when paused. */
    void pause();

    /** Goes on sending. Does nothing when not paused. */
    void resume();

    /**
     * Whether nothing is sent.
     *
     * @return true between {@link #pause} and {@link #resume}
     */
    boolean paused();

    /**
     * Forgets jobs that ended long ago; their images stay (G45). Happens by itself too, by age and number, as
     * {@code gaze.json} says.
     *
     * @param age how long ago at least, zero or more
     * @return how many were forgotten
     * @throws IllegalArgumentException when the age is negative
     */
    int prune(Duration age);

    // Listening ------------------------------------------------------------------------------------------------------

    /**
     * Tells what happens to every job, in one order. Events that are kept (everything but steps and images on the way)
     * come at least once: a listener that was away names the last number it has seen, and hears all that came since, as
     * far as it was not pruned.
     *
     * @param after the last number seen; 0 for all that is known; {@link #lastNumber} for what is new
     * @param listener called in order, one call at a time; what it throws is logged and otherwise ignored. A slow one
     *     holds up nobody: it misses steps and images on the way, and is told so
     * @param executor runs the listener; never a socket thread
     * @return ends the calls when closed
     */
    Subscription listen(long after, Consumer<JobNews> listener, Executor executor);

    /**
     * Tells what happens to every job, on a thread of GAZE.
     *
     * @param after the last number seen; 0 for all that is known
     * @param listener called in order, one call at a time; should be short
     * @return ends the calls when closed
     */
    Subscription listen(long after, Consumer<JobNews> listener);

    /**
     * The number of the newest event.
     *
     * @return 0 when nothing has ever happened
     */
    long lastNumber();
}
