package dev.gaze.api.plan;

/** What to do when a server lacks a model file that a plan names. */
public enum Missing {
    /** Refuse, naming the nearest file the server has. The default. */
    REFUSE,
    /**
     * Go on without: a LoRA is left out of the chain, the server's first checkpoint stands in for a missing one, its
     * integrated VAE for a missing VAE. Every one of them is a warning on the result.
     */
    LEAVE_OUT
}
