package dev.gaze.core.ledger;

import dev.gaze.api.job.JobId;

/**
 * Another turn of the same job, perhaps in another process, has gone further than this one, whose claim was taken for
 * that of a dead process. This turn is over and says nothing more; the other one tells the end.
 */
public final class ClaimLost extends RuntimeException {
    private static final long serialVersionUID = 1;

    ClaimLost(JobId job) {
        super("Job " + job + " is made by somebody else meanwhile");
    }
}
