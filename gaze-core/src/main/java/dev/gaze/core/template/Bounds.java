package dev.gaze.core.template;

/**
 * How many are chosen, and what stands between them.
 *
 * @param least 0 or more
 * @param most no less than {@code least}; {@link Long#MAX_VALUE} for all
 * @param separator put between
 */
public record Bounds(long least, long most, String separator) {
    static final String COMMA = ", ";
    static final String BLANK = " ";

    /** Puts reversed bounds in order. */
    public Bounds {
        if (least > most) {
            long higher = least;
            least = most;
            most = higher;
        }
    }
}
