package dev.gaze.core.image;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import java.util.Optional;

/**
 * What the bytes of an image tell about it.
 *
 * @param format what it is
 * @param width in pixels
 * @param height in pixels
 */
public record Picture(ImageFormat format, int width, int height) {

    /**
     * Checks a whole image file: its size, its header, and that it has an end.
     *
     * @param bytes the file
     * @param limits how large it may be
     * @return what it is
     * @throws GazeException {@code REFUSED} when it is no image GAZE knows, broken, cut short, or beyond the limits
     */
    public static Picture check(byte[] bytes, ImageLimits limits) {
        if (bytes.length > limits.maxBytes()) {
            throw refused(
                    "The file has %,d bytes; the limit for an image is %,d".formatted(bytes.length, limits.maxBytes()));
        }
        ImageFormat format = ImageFormat.of(bytes)
                .orElseThrow(() -> refused(
                        "The file is no PNG, JPEG, WebP or GIF image; it starts with " + ImageFormat.start(bytes)));
        Picture picture = format.measure(bytes)
                .orElseThrow(() -> refused("The %s image has no readable header".formatted(format)));
        picture.requireWithin(limits);
        format.requireWhole(bytes);
        return picture;
    }

    /**
     * Looks at the beginning of a file only, for lists.
     *
     * @param start its first bytes
     * @return what it says it is; empty when it is no image GAZE knows, or its header is not readable
     */
    public static Optional<Picture> glance(byte[] start) {
        return ImageFormat.of(start).flatMap(format -> format.measure(start));
    }

    private void requireWithin(ImageLimits limits) {
        if ((long) width * height > limits.maxPixels()) {
            throw refused("The image is %d x %d pixels; the limit is %,d pixels"
                    .formatted(width, height, limits.maxPixels()));
        }
    }

    static GazeException refused(String what) {
        return new GazeException(Kind.REFUSED, Problem.of(what));
    }
}
