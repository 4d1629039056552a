package dev.gaze.api.job;

import dev.gaze.api.backend.BackendId;
import dev.gaze.api.image.Image;
import dev.gaze.api.problem.Problem;
import java.util.List;

/** Something that happened to a job. A job's stream ends with exactly one {@link Ended}. */
public sealed interface JobEvent {

    /**
     * The job it happened to.
     *
     * @return its id
     */
    JobId job();

    /**
     * It waits.
     *
     * @param job the job
     * @param position 1 for the next one to start
     */
    record Queued(JobId job, int position) implements JobEvent {}

    /**
     * A server began to work on it.
     *
     * @param job the job
     * @param backend the server
     */
    record Started(JobId job, BackendId backend) implements JobEvent {}

    /**
     * Sampler progress. Never sent by a backend that can only poll.
     *
     * @param job the job
     * @param step counts from 1
     * @param steps how many there are
     */
    record Progressed(JobId job, int step, int steps) implements JobEvent {}

    /**
     * An image on the way; never a result.
     *
     * @param job the job
     * @param mediaType {@code image/jpeg} or {@code image/png}
     * @param bytes the image; do not change
     */
    record Previewed(JobId job, String mediaType, byte[] bytes) implements JobEvent {}

    /**
     * The listener was slower than the server: it has missed steps and images on the way. Nothing that is kept is ever
     * missed.
     *
     * @param job the job
     * @param events how many, 1 or more
     */
    record Missed(JobId job, long events) implements JobEvent {}

    /**
     * The server lost it or went away; it waits again, to be run once more.
     *
     * @param job the job
     * @param problem what happened
     */
    record Requeued(JobId job, Problem problem) implements JobEvent {}

    /** The end of a job. */
    sealed interface Ended extends JobEvent {}

    /**
     * Its images are on disk.
     *
     * @param job the job
     * @param images at least one
     */
    record Done(JobId job, List<Image> images) implements Ended {
        /** Copies the list. */
        public Done {
            images = List.copyOf(images);
        }
    }

    /**
     * It ended without its image.
     *
     * @param job the job
     * @param problem why, and what may help
     */
    record Failed(JobId job, Problem problem) implements Ended {}

    /**
     * Somebody stopped it.
     *
     * @param job the job
     */
    record Cancelled(JobId job) implements Ended {}
}
