package dev.gaze.core.ledger;

import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.job.JobId;
import dev.gaze.api.job.JobResult;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * Somebody who writes down what was made, within the transaction that ends its job: so it is written exactly once. What
 * it throws is logged and undone, and harms the job in no way.
 */
public interface Chronicle {
    /** Writes nothing down. */
    Chronicle NONE = (handle, job, request, result, now) -> {};

    /**
     * A job is done.
     *
     * @param handle in the transaction that ends it
     * @param job which
     * @param request what was asked for
     * @param result what was made
     * @param now the time of its end
     */
    void made(Handle handle, JobId job, GenerationRequest request, JobResult result, Instant now);
}
