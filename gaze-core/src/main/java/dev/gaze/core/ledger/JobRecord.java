package dev.gaze.core.ledger;

import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.backend.BackendId;
import dev.gaze.api.job.BatchId;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.job.JobId;
import dev.gaze.api.job.JobState;
import dev.gaze.api.job.Priority;
import dev.gaze.api.plan.RenderPlan;
import dev.gaze.api.problem.Problem;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job as it stands in the database.
 *
 * @param id its id
 * @param number the number of its first event: the order in which jobs were handed in
 * @param request what was asked for
 * @param plan what is to be made
 * @param warnings what was noticed when it was taken in
 * @param filedUnder the asset its picture is filed under; null for none
 * @param priority how urgent it is
 * @param batch the batch it belongs to; null for none
 * @param item its place in the batch
 * @param retryOf the job it is tried again for; null for a first try
 * @param state where it stands
 * @param backend the server that works or worked on it; null while none did
 * @param submitted when it was handed in
 * @param started when a server first began to work on it; null while none did
 * @param ended when it ended; null while it has not
 * @param cancelRequested why it is to be stopped; null when nobody asked for that
 * @param ending how it ended; null while it has not
 */
public record JobRecord(
        JobId id,
        long number,
        GenerationRequest request,
        RenderPlan plan,
        List<Problem> warnings,
        @Nullable AssetKey filedUnder,
        Priority priority,
        @Nullable BatchId batch,
        int item,
        @Nullable JobId retryOf,
        JobState state,
        @Nullable BackendId backend,
        Instant submitted,
        @Nullable Instant started,
        @Nullable Instant ended,
        @Nullable Problem cancelRequested,
        @Nullable Ending ending) {

    /** A job as it stands when it was just written down. */
    static JobRecord of(NewJob job, long number, Instant now) {
        return new JobRecord(
                job.id(),
                number,
                job.request(),
                job.plan(),
                job.warnings(),
                job.filedUnder(),
                job.priority(),
                job.batch(),
                job.item(),
                job.retryOf(),
                JobState.QUEUED,
                null,
                now,
                null,
                null,
                null,
                null);
    }
}
