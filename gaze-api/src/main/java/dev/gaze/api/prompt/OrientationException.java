package dev.gaze.api.prompt;

/** A text is no {@link Orientation}. Checked, because callers have a way to go on: composition warns and counts tags. */
public final class OrientationException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Where the text goes wrong, in characters from 0. */
    private final int offset;

    /**
     * A text that is none.
     *
     * @param text what was given
     * @param offset where it goes wrong, in characters from 0
     * @param reason what is expected there
     */
    public OrientationException(String text, int offset, String reason) {
        super("Orientation '%s' is not understood at character %d: %s".formatted(text, offset, reason));
        this.offset = offset;
    }

    /**
     * Where the text goes wrong.
     *
     * @return characters from 0
     */
    public int offset() {
        return offset;
    }
}
