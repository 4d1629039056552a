package dev.gaze.core.job;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gaze.api.job.JobId;
import dev.gaze.core.ledger.JobRecord;
import java.util.Optional;

/**
 * Jobs that were handed in a moment ago, as they were handed in: who claims one of them need not read it back. Whatever
 * is not here any more stands in the ledger.
 */
final class Fresh {
    private static final int MOST = 256;

    private final Cache<JobId, Job> jobs =
            Caffeine.newBuilder().maximumSize(MOST).build();

    /** A job as it was handed in. */
    record Job(JobRecord record, Graphs graphs) {}

    void put(JobRecord record, Graphs graphs) {
        jobs.put(record.id(), new Job(record, graphs));
    }

    /** Hands a job over, once. */
    Optional<Job> take(JobId id) {
        return Optional.ofNullable(jobs.asMap().remove(id));
    }
}
