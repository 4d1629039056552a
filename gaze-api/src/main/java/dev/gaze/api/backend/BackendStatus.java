package dev.gaze.api.backend;

import dev.gaze.api.problem.Problem;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a server is doing (I16).
 *
 * @param id which server
 * @param health whether it answers
 * @param problem why it does not; null when it does
 * @param slots how many of our jobs it is sent at once
 * @param busy how many of them it has
 * @param checkpoint the checkpoint it was last sent; null when it was sent none
 * @param since since when it is as it is
 */
public record BackendStatus(
        BackendId id,
        Health health,
        @Nullable Problem problem,
        int slots,
        int busy,
        @Nullable String checkpoint,
        Instant since) {

    /** Whether a server answers. */
    public enum Health {
        /** Nobody has asked it yet. */
        UNKNOWN,
        /** It answered when it was last asked. */
        UP,
        /** It did not; it is asked again and again, and used again as soon as it answers. */
        DOWN
    }

    /** Checks that nothing is missing. */
    public BackendStatus {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(health, "health");
        Objects.requireNonNull(since, "since");
    }

    /** {@code http://127.0.0.1:8188 up, 1 of 1 busy, holds Noob/aurora.safetensors}. */
    @Override
    public String toString() {
        return id + " " + health.name().toLowerCase(java.util.Locale.ROOT) + ", " + busy + " of " + slots + " busy"
                + (checkpoint == null ? "" : ", holds " + checkpoint)
                + (problem == null ? "" : ": " + problem.what());
    }
}
