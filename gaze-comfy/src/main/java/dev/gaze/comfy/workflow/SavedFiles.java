package dev.gaze.comfy.workflow;

import dev.gaze.api.workflow.Role;

/** Names the files the graph saves. */
final class SavedFiles {
    private static final String PREFIX = "filename_prefix";

    private SavedFiles() {}

    /** A second save keeps to the same folder, told apart by its node: a crowded folder slows ComfyUI down. */
    static void name(Wiring wiring) {
        String prefix = wiring.plan.filePrefix();
        if (prefix == null) {
            return;
        }
        GraphNode save = wiring.role(Role.SAVE);
        for (GraphNode node : wiring.graph.nodes()) {
            if (node.has(PREFIX)) {
                node.set(PREFIX, node == save ? prefix : prefix + "_" + node.id());
            }
        }
    }
}
