package dev.gaze.core.settings;

import dev.gaze.api.backend.ServerSettings;
import dev.gaze.core.image.ImageLimits;
import dev.gaze.core.job.JobLimits;

/**
 * How much, how many and how long (requirement group 10).
 *
 * @param images how large an image may be
 * @param servers how long a server is waited for
 * @param jobs how many jobs, how often, and how long they are remembered
 */
public record Limits(ImageLimits images, ServerSettings.Limits servers, JobLimits jobs) {
    /** What holds where {@code gaze.json} says nothing. */
    public static final Limits DEFAULT =
            new Limits(ImageLimits.DEFAULT, ServerSettings.Limits.DEFAULT, JobLimits.DEFAULT);
}
