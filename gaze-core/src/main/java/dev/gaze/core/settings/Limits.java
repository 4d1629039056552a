package dev.gaze.core.settings;

import dev.gaze.api.backend.ServerSettings;
import dev.gaze.core.image.ImageLimits;
import java.time.Duration;

/**
 * How much, how many and how long (requirement group 10).
 *
 * @param images how large an image may be
 * @param servers how long a server is waited for
 * @param jobs how many ended jobs are remembered at most, 1 or more
 * @param jobAge how long an ended job is remembered
 */
public record Limits(ImageLimits images, ServerSettings.Limits servers, int jobs, Duration jobAge) {
    /** 64 MB and 100 megapixels an image, 1,000 jobs for 30 days. */
    public static final Limits DEFAULT =
            new Limits(ImageLimits.DEFAULT, ServerSettings.Limits.DEFAULT, 1_000, Duration.ofDays(30));
}
