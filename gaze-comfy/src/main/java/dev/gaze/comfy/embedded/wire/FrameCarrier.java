package dev.gaze.comfy.embedded.wire;

import dev.gaze.comfy.embedded.fault.Faults;
import dev.gaze.comfy.embedded.fault.Pauses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import okhttp3.WebSocket;

/**
 * Brings frames to sockets: as they come or, when trouble was asked for, late, twice, in the wrong order, or never. Safe
 * for use by several threads.
 */
final class FrameCarrier {
    /** So many frames are turned round at a time; fewer go when no more come for a while. */
    private static final int TURNED = 4;

    private static final Duration WHILE = Duration.ofMillis(100);

    private final Faults faults;
    private final Pauses pauses;
    private final Map<WebSocket, List<Runnable>> held = new WeakHashMap<>();

    FrameCarrier(Faults faults, Pauses pauses) {
        this.faults = faults;
        this.pauses = pauses;
    }

    /** A frame that only gets lost: what a server says to somebody who has just come. */
    void greet(Runnable frame) {
        if (faults.frames() != Faults.Frames.LOST) {
            frame.run();
        }
    }

    void bring(WebSocket socket, Runnable frame) {
        Duration late = faults.frameDelay();
        if (late.isZero()) {
            bringNow(socket, frame);
        } else {
            pauses.later(late, () -> bringNow(socket, frame));
        }
    }

    private void bringNow(WebSocket socket, Runnable frame) {
        switch (faults.frames()) {
            case SENT -> {
                release(socket);
                frame.run();
            }
            case LOST -> release(socket);
            case TWICE -> {
                frame.run();
                frame.run();
            }
            case DISORDERED -> hold(socket, frame);
        }
    }

    private synchronized void hold(WebSocket socket, Runnable frame) {
        List<Runnable> waiting = held.computeIfAbsent(socket, none -> new ArrayList<>());
        waiting.add(frame);
        if (waiting.size() == TURNED) {
            release(socket);
        } else if (waiting.size() == 1) {
            pauses.later(WHILE, () -> release(socket));
        }
    }

    /** Sends what is held back, the last one first. */
    private synchronized void release(WebSocket socket) {
        List<Runnable> waiting = held.remove(socket);
        if (waiting != null) {
            Collections.reverse(waiting);
            waiting.forEach(Runnable::run);
        }
    }
}
