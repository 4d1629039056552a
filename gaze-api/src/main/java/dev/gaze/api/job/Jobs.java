package dev.gaze.api.job;

import dev.gaze.api.asset.Page;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The jobs of a library. Safe for use by several threads. */
public interface Jobs {

    /**
     * Takes a request. Everything that can be wrong with it by itself is found now; the rest is found by the job.
     *
     * @param request what is wanted
     * @return the job, queued
     * @throws dev.gaze.api.problem.GazeException when an asset does not exist, the text holds a name of the deny list,
     *     or no server could make it
     */
    Job submit(GenerationRequest request);

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
     * Jobs in some states, the newest first.
     *
     * @param states which; empty means all
     * @param offset how many to pass over, from 0
     * @param limit how many at most, 1 or more
     * @return the page
     */
    Page<Job> list(Set<JobState> states, int offset, int limit);

    /**
     * Stops exactly one job, wherever it is.
     *
     * @param id which
     * @return false when it had already ended, or its image is being filed
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
     * Forgets jobs that ended long ago; their images stay (G45).
     *
     * @param age how long ago at least
     * @return how many were forgotten
     */
    int prune(Duration age);
}
