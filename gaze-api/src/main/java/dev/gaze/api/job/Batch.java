package dev.gaze.api.job;

import dev.gaze.api.image.Image;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Many pictures under one handle. Kept with its jobs, so it survives restarts. Safe for use by several threads.
 */
public interface Batch {

    /**
     * Which batch this is.
     *
     * @return its id
     */
    BatchId id();

    /**
     * What it was called.
     *
     * @return a text for people
     */
    String name();

    /**
     * When it was submitted.
     *
     * @return an instant
     */
    Instant submitted();

    /**
     * Its jobs, one for each item, in the order of the requests. A job that was retried is replaced by its retry.
     *
     * @return as they stand now
     */
    List<Job> jobs();

    /**
     * How far it is.
     *
     * @return counts and time left
     */
    BatchProgress progress();

    /**
     * Waits until every item has ended, well or not.
     *
     * @param atMost how long
     * @return the counts at the end
     * @throws dev.gaze.api.problem.GazeException {@code TIMEOUT} when it has not ended in time (it goes on), and when the
     *     waiting thread is interrupted, which then stays interrupted; {@code UNAVAILABLE} when the library is closed
     *     meanwhile (it goes on when the library is opened again)
     */
    BatchProgress await(Duration atMost);

    /**
     * The images of the items that are done, in the order of the requests.
     *
     * @return as it stands now
     */
    List<Image> images();

    /**
     * Tells how far it is, now and whenever a job of it starts or ends, until all have ended; on a thread of GAZE.
     *
     * @param listener called one call at a time; should be short. A slow one misses steps between, never the last
     * @return ends the calls when closed
     */
    Subscription listen(Consumer<BatchProgress> listener);

    /**
     * Stops every job of it that has not ended.
     *
     * @return how many were asked to stop
     */
    int cancel();

    /**
     * Submits the items that failed once more, with the seeds they had.
     *
     * @return the new jobs
     */
    List<Job> retryFailed();

    /**
     * Draws its images with their names on one sheet, row by row.
     *
     * @param file where to; a PNG. Whatever stood there is replaced
     * @return the file
     * @throws dev.gaze.api.problem.GazeException {@code NOT_FOUND} when it has no image yet
     */
    Path contactSheet(Path file);
}
