package dev.gaze.api.json;

/**
 * How much JSON is read before it is refused, so that a hostile or mistaken file costs little.
 *
 * @param maxBytes the size of the text in bytes, 1 or more
 * @param maxDepth how deep objects and lists may nest, 1 … 1000
 */
public record JsonLimits(long maxBytes, int maxDepth) {
    /** For asset, settings and workflow files: 1 MB, 100 levels (requirement group 10). */
    public static final JsonLimits FILE = new JsonLimits(1_000_000, 100);

    /** For answers of a server, such as all its node definitions or its whole history: 64 MB, 100 levels. */
    public static final JsonLimits ANSWER = new JsonLimits(64_000_000, 100);

    /** Checks the ranges. */
    public JsonLimits {
        if (maxBytes < 1 || maxDepth < 1 || maxDepth > 1000) {
            throw new IllegalArgumentException(
                    "JSON limits are %d bytes and %d levels; accepted are 1 byte or more and 1 to 1000 levels"
                            .formatted(maxBytes, maxDepth));
        }
    }
}
