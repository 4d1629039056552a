package dev.gaze.comfy.embedded.run;

import dev.gaze.api.json.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;

/** The {@code progress_state} of one run: every node started so far. The JSON of each node is made once per change. */
final class Progress {
    private final String prompt;
    private final Map<String, String> nodes = new LinkedHashMap<>();
    private final Map<String, String> most = new LinkedHashMap<>();

    Progress(String promptId) {
        prompt = new JsonText(promptId).toString();
    }

    void started(String node) {
        set(node, "0.0", "1.0", "running");
    }

    void step(String node, int step, int steps) {
        set(node, Integer.toString(step), Integer.toString(steps), "running");
    }

    /** A node that was in the cache has whole numbers, one that ran without steps has floats. */
    void finished(String node) {
        String all = most.getOrDefault(node, "1");
        set(node, all, all, "finished");
    }

    private void set(String node, String value, String max, String state) {
        String id = new JsonText(node).toString();
        most.put(node, max);
        nodes.put(
                node,
                id + ":{\"value\":" + value + ",\"max\":" + max + ",\"state\":\"" + state + "\",\"node_id\":" + id
                        + ",\"prompt_id\":" + prompt + ",\"display_node_id\":" + id
                        + ",\"parent_node_id\":null,\"real_node_id\":" + id + '}');
    }

    /** The frame. */
    String frame() {
        return "{\"type\":\"progress_state\",\"data\":{\"prompt_id\":" + prompt + ",\"nodes\":{"
                + String.join(",", nodes.values()) + "}}}";
    }
}
