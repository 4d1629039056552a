package dev.gaze.core.image;

import dev.gaze.api.backend.RenderOutput;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * An output whose bytes were fetched and checked.
 *
 * @param bytes the file
 * @param extension what its file will end with: that of the format for an image, the server's own for anything else
 * @param picture its format and size; empty for a video or sound
 */
record RenderedFile(byte[] bytes, String extension, Optional<Picture> picture) {
    private static final Set<String> IMAGES = Set.of("png", "jpg", "jpeg", "webp", "gif");
    private static final String UNKNOWN = "bin";

    /**
     * Fetches an output and checks it whole. What calls itself an image must be one.
     *
     * @throws GazeException {@code FAILED} when it is broken, cut short or too large, {@code UNAVAILABLE} when the
     *     server is away
     */
    static RenderedFile fetch(RenderOutput output, ImageLimits limits) {
        byte[] bytes = output.source().read();
        String extension = extension(output.filename());
        try {
            if (IMAGES.contains(extension) || ImageFormat.of(bytes).isPresent()) {
                Picture picture = Picture.check(bytes, limits);
                return new RenderedFile(bytes, picture.format().extension(), Optional.of(picture));
            }
            if (bytes.length == 0 || bytes.length > limits.maxBytes()) {
                throw Picture.refused(
                        "The file has %,d bytes; accepted are 1 to %,d".formatted(bytes.length, limits.maxBytes()));
            }
            return new RenderedFile(bytes, extension, Optional.empty());
        } catch (GazeException broken) {
            throw new GazeException(
                    Kind.FAILED,
                    null,
                    List.of(broken.problems()
                            .get(0)
                            .at("output of node " + output)
                            .fix("nothing was kept; submit the request again, and look at the server's disk and log"
                                    + " when it happens again")),
                    broken);
        }
    }

    /** What the file of an output will most likely end with. */
    static String expected(RenderOutput output) {
        String extension = extension(output.filename());
        return extension.equals("jpeg") ? ImageFormat.JPEG.extension() : extension;
    }

    boolean isPng() {
        return picture.filter(known -> known.format() == ImageFormat.PNG).isPresent();
    }

    int width() {
        return picture.map(Picture::width).orElse(0);
    }

    int height() {
        return picture.map(Picture::height).orElse(0);
    }

    /** Letters and digits behind the last dot; the name comes from a server and is trusted with nothing else. */
    private static String extension(String filename) {
        String end = filename.substring(filename.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return end.matches("[a-z0-9]{1,8}") && end.length() < filename.length() ? end : UNKNOWN;
    }
}
