package dev.gaze.core.ledger;

import dev.gaze.api.job.BatchId;
import java.time.Duration;
import java.time.Instant;

/**
 * A batch as it stands in the database.
 *
 * @param id its id
 * @param name what it was called
 * @param submitted when it was handed in
 */
public record BatchRecord(BatchId id, String name, Instant submitted) {

    /** Takes NUL characters out of the name, which databases do not keep. */
    public BatchRecord {
        name = name.replace("\0", "");
    }

    /**
     * How fast a batch goes.
     *
     * @param ended how many of its jobs were run to an end, 1 or more
     * @param span from the first that was begun to the last that ended
     */
    public record Pace(int ended, Duration span) {}
}
