package dev.gaze.api.backend;

import java.util.UUID;

/** One workflow on a server. Safe for use by several threads. */
public interface RenderRun {

    /**
     * The id of the run.
     *
     * @return the one it was started with
     */
    UUID prompt();

    /**
     * Stops exactly this run, whether it waits or works; no other is touched. Returns at once: the end is told as an
     * event, up to one sampler step later. Does nothing when the run has ended.
     */
    void cancel();
}
