package dev.gaze.api.history;

/**
 * Names an entry of the history.
 *
 * @param value 1 or more; a later entry has a greater one
 */
public record HistoryId(long value) implements Comparable<HistoryId> {

    /** Checks the range. */
    public HistoryId {
        if (value < 1) {
            throw new IllegalArgumentException("A history id is a whole number from 1, got " + value);
        }
    }

    /**
     * Reads an id.
     *
     * @param text a whole number
     * @return the id
     * @throws IllegalArgumentException when it is none
     */
    public static HistoryId parse(String text) {
        try {
            return new HistoryId(Long.parseLong(text.strip()));
        } catch (NumberFormatException noNumber) {
            throw new IllegalArgumentException("A history id is a whole number from 1, got '%s'".formatted(text));
        }
    }

    @Override
    public int compareTo(HistoryId other) {
        return Long.compare(value, other.value);
    }

    /** The number. */
    @Override
    public String toString() {
        return Long.toString(value);
    }
}
