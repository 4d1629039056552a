package dev.gaze.core.ledger;

import java.util.List;

/**
 * Jobs that were written down.
 *
 * @param jobs as they stand, in their order
 * @param attempted whether the first attempt was written down too; it is not when others wait, who come first
 */
public record Accepted(List<JobRecord> jobs, boolean attempted) {
    /** Copies the list. */
    public Accepted {
        jobs = List.copyOf(jobs);
    }
}
