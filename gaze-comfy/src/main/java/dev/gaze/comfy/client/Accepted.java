package dev.gaze.comfy.client;

import java.util.List;
import java.util.UUID;

/**
 * A prompt the server took ({@code POST /prompt}).
 *
 * @param prompt its id, as we gave it
 * @param number its number in the queue; the lowest runs first
 * @param left what was left out. Not empty means that only part of the graph runs, and that the server will call this a
 *     success: {@link ComfyClient#run run} treats it as a refusal
 */
public record Accepted(UUID prompt, double number, List<ComfyError.NodeProblem> left) {

    /** Copies the list. */
    public Accepted {
        left = List.copyOf(left);
    }
}
