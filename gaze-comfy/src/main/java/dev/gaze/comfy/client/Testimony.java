package dev.gaze.comfy.client;

import dev.gaze.api.backend.RenderEvent;
import org.jspecify.annotations.Nullable;

/**
 * What the socket has told of one run, and how far it can be believed. A frame that names the run is true, but frames may
 * be missing, come twice, or come in another order: a testimony that may have a gap is left to the judge. Guarded by its
 * run.
 */
final class Testimony {
    private final Made made;
    private final Verdicts verdicts;
    /** Whether every frame since before the POST has come over one socket, so that nothing can have been missed. */
    private boolean whole;

    private boolean heard;
    private boolean succeeded;
    private boolean interrupted;
    private ComfyError.@Nullable NodeFailed failure;

    Testimony(Made made, Verdicts verdicts) {
        this.made = made;
        this.verdicts = verdicts;
    }

    /** Frames come from now on; {@code whole} when none can have been sent before. */
    void begins(boolean whole) {
        this.whole = whole;
    }

    /** The socket broke: what was sent meanwhile will never be told. */
    void broke() {
        whole = false;
    }

    boolean isWhole() {
        return whole;
    }

    boolean hasBegun() {
        return heard;
    }

    void add(Frame.OfPrompt frame) {
        heard = true;
        if (frame instanceof Frame.Executed executed) {
            made.add(executed);
        } else if (frame instanceof Frame.Succeeded) {
            succeeded = true; // not the end: history is written after this frame
        } else if (frame instanceof Frame.Failed failed) {
            failure = failed.failure();
        } else if (frame instanceof Frame.Interrupted) {
            interrupted = true;
        }
    }

    /**
     * The end, now that the closing frame has come; null when only history knows it. The server sends {@code executed}
     * for every output node, cached ones included, when its files are complete, and the closing frame last: an unbroken
     * testimony that has told of every end of the graph needs no second look. Should something between have changed the
     * order of frames, an end is missing, and history, which is written before the closing frame, is asked.
     */
    RenderEvent.@Nullable Ended verdict(boolean cancelled) {
        if (interrupted) {
            return new RenderEvent.Interrupted(cancelled);
        }
        if (whole && failure != null) {
            return verdicts.failed(failure, made.outputs());
        }
        return whole && succeeded && made.isComplete() ? new RenderEvent.Finished(made.outputs()) : null;
    }
}
