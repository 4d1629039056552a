package dev.gaze.api.plan;

/**
 * The size of a picture in pixels.
 *
 * @param width 64 … 2048, a multiple of 8
 * @param height 64 … 2048, a multiple of 8
 */
public record Size(int width, int height) {

    /** Checks both sides. */
    public Size {
        require("Width", width);
        require("Height", height);
    }

    private static void require(String side, int pixels) {
        if (pixels < 64 || pixels > 2048 || pixels % 8 != 0) {
            throw new IllegalArgumentException(
                    "%s must be between 64 and 2048 and a multiple of 8, got %d".formatted(side, pixels));
        }
    }

    /** {@code 832x1216}. */
    @Override
    public String toString() {
        return width + "x" + height;
    }
}
