package dev.gaze.api.job;

import java.util.Objects;

/**
 * An event with its place in the one order of all jobs.
 *
 * @param number where to go on from after a restart; steps and images on the way are not kept, and carry the number of
 *     the last kept event before them
 * @param event what happened
 */
public record JobNews(long number, JobEvent event) {

    /** Checks that there is an event. */
    public JobNews {
        Objects.requireNonNull(event, "event");
    }
}
