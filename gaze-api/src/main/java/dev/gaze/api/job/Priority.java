package dev.gaze.api.job;

/**
 * Which of two jobs that wait goes first: the one with the higher value. Among equals the server's models and the age
 * decide; nobody waits for ever. A job that runs is never stopped for another one.
 *
 * @param value any number; negative ones wait behind everything else
 */
public record Priority(int value) implements Comparable<Priority> {
    /** Somebody sits in front of the screen and waits: overtakes batches (D66). What a single request gets. */
    public static final Priority INTERACTIVE = new Priority(100);
    /** Work in the background. What the jobs of a batch get. */
    public static final Priority BATCH = new Priority(0);

    @Override
    public int compareTo(Priority other) {
        return Integer.compare(value, other.value);
    }

    /** The number, with its name when it has one. */
    @Override
    public String toString() {
        return equals(INTERACTIVE) ? "100 (interactive)" : equals(BATCH) ? "0 (batch)" : Integer.toString(value);
    }
}
