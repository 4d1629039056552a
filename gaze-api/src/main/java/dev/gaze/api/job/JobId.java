package dev.gaze.api.job;

import java.util.Objects;
import java.util.UUID;

/**
 * Names a job, for ever.
 *
 * @param value a UUID; those that GAZE gives are of version 7, which begin with their time, so they sort by it
 */
public record JobId(UUID value) {

    /** Checks that there is one. */
    public JobId {
        Objects.requireNonNull(value, "value");
    }

    /**
     * Reads an id.
     *
     * @param text a UUID
     * @return the id
     * @throws IllegalArgumentException when it is none
     */
    public static JobId parse(String text) {
        return new JobId(UUID.fromString(text.strip()));
    }

    /** The UUID. */
    @Override
    public String toString() {
        return value.toString();
    }
}
