package dev.gaze.comfy.embedded.validation;

import dev.gaze.api.json.JsonObject;
import java.util.List;

/** What became of a posted graph. */
public sealed interface Verdict {

    /**
     * It runs, or at least the outputs named here do.
     *
     * @param graph the graph with converted values
     * @param outputs the node ids of the good outputs
     * @param nodeErrors what is wrong with the others; empty when all is well
     */
    record Accepted(JsonObject graph, List<String> outputs, JsonObject nodeErrors) implements Verdict {}

    /**
     * It is refused with status 400.
     *
     * @param error type, message, details, extra_info
     * @param nodeErrors errors by node id
     */
    record Refused(JsonObject error, JsonObject nodeErrors) implements Verdict {}

    /** ComfyUI stumbles over it: status 500. */
    record Broken() implements Verdict {}
}
