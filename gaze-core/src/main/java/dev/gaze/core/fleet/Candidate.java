package dev.gaze.core.fleet;

import dev.gaze.api.job.JobId;
import dev.gaze.api.job.Priority;
import java.time.Instant;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A job that wants a place.
 *
 * @param id which
 * @param priority how urgent it is
 * @param number the order in which jobs were handed in
 * @param checkpoint what a server has to load for it; null when the template says
 * @param loras the LoRAs a server has to load for it
 * @param accepts whether a server could make it; may change its mind
 * @param wanted whether it still wants a place
 * @param since when it was handed in
 */
public record Candidate(
        JobId id,
        Priority priority,
        long number,
        @Nullable String checkpoint,
        Set<String> loras,
        Predicate<Member> accepts,
        BooleanSupplier wanted,
        Instant since) {

    Candidate withPriority(Priority other) {
        return new Candidate(id, other, number, checkpoint, loras, accepts, wanted, since);
    }
}
