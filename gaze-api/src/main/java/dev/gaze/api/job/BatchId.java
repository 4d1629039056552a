package dev.gaze.api.job;

import java.util.Objects;
import java.util.UUID;

/**
 * Names a batch; unique for ever.
 *
 * @param value the number behind it
 */
public record BatchId(UUID value) {

    /** Checks that it is there. */
    public BatchId {
        Objects.requireNonNull(value, "value");
    }

    /**
     * Reads an id.
     *
     * @param text as {@link #toString} writes it
     * @return the id
     * @throws IllegalArgumentException when it is no UUID
     */
    public static BatchId parse(String text) {
        return new BatchId(UUID.fromString(text.strip()));
    }

    /** Lower-case hex with hyphens. */
    @Override
    public String toString() {
        return value.toString();
    }
}
