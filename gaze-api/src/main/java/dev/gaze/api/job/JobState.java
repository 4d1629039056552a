package dev.gaze.api.job;

/** Where a job stands. */
public enum JobState {
    /** It waits, here or in the queue of a server. */
    QUEUED,
    /**
     * A server works on it, or its image is being filed. Counted as queued for the first moment while nobody
     * listens.
     */
    RUNNING,
    /** Its images are on disk. */
    DONE,
    /** It ended without its image; the job says why. */
    FAILED,
    /** Somebody stopped it. */
    CANCELLED;

    /**
     * Whether this is an end.
     *
     * @return true for done, failed and cancelled
     */
    public boolean ended() {
        return this == DONE || this == FAILED || this == CANCELLED;
    }
}
