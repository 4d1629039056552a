package dev.gaze.comfy.embedded.node;

/** The run was interrupted between two steps. */
public final class Stopped extends Exception {
    private static final long serialVersionUID = 1L;

    /** Stopped here. */
    public Stopped() {
        super("interrupted", null, false, false);
    }
}
