package dev.gaze.core.image;

/**
 * How large an image may be before it is refused, so that a mistaken or hostile one costs little (requirement group 10).
 *
 * @param maxBytes the size of the file, 1 or more
 * @param maxPixels width times height, as the header tells, 1 or more
 */
public record ImageLimits(long maxBytes, long maxPixels) {
    /** 64 MB and 100 megapixels. */
    public static final ImageLimits DEFAULT = new ImageLimits(64_000_000, 100_000_000);

    /** Checks the ranges. */
    public ImageLimits {
        if (maxBytes < 1 || maxPixels < 1) {
            throw new IllegalArgumentException(
                    "Image limits are %d bytes and %d pixels; both must be 1 or more".formatted(maxBytes, maxPixels));
        }
    }
}
