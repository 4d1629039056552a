package dev.gaze.comfy.backend;

import dev.gaze.api.workflow.Workflow;
import dev.gaze.api.workflow.WorkflowNode;
import dev.gaze.comfy.client.FilePrefix;
import java.time.Instant;
import java.util.UUID;

/**
 * Gives a run's files a folder of their own, where the graph asks for none. Every node with a {@code filename_prefix}
 * that is a text without a folder ({@code ComfyUI}, {@code img_%date%}) gets one in front of it and keeps its name. A
 * prefix that has a folder was chosen by the plan or by the author of the template and stays as it is.
 */
final class SaveFolders {
    private static final String PREFIX = "filename_prefix";

    private SaveFolders() {}

    static Workflow own(Workflow workflow, Instant now, UUID prompt) {
        Workflow placed = workflow;
        for (WorkflowNode node : workflow.nodes().values()) {
            String prefix = node.text(PREFIX).orElse("/");
            if (prefix.indexOf('/') < 0 && prefix.indexOf('\\') < 0) {
                placed = placed.with(node.with(PREFIX, FilePrefix.own(now, prompt, prefix)));
            }
        }
        return placed;
    }
}
