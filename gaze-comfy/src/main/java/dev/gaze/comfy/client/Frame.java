package dev.gaze.comfy.client;

import dev.gaze.api.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One message of the socket, as far as GAZE needs to know it. */
sealed interface Frame {

    /** A frame about one prompt. */
    sealed interface OfPrompt extends Frame {
        String prompt();
    }

    /** The queue changed. The first one after connecting also tells our name, and that the server knows us. */
    record Status(int remaining, boolean greeting) implements Frame {}

    /** The server began. */
    record Started(String prompt) implements OfPrompt {}

    /** These nodes will not be worked on again. */
    record Cached(String prompt, Set<String> nodes) implements OfPrompt {}

    /** A node began; with no node, everything is over. */
    record Executing(String prompt, @Nullable String node) implements OfPrompt {}

    /** A node told how far it is. */
    record Progress(String prompt, String node, int value, int max) implements OfPrompt {}

    /** A node told what it made. */
    record Executed(String prompt, String node, List<OutputFile> files) implements OfPrompt {}

    /** All nodes ran. Sent before history is written, so not yet the end. */
    record Succeeded(String prompt) implements OfPrompt {}

    /** A node failed. */
    record Failed(String prompt, ComfyError.NodeFailed failure) implements OfPrompt {}

    /** Somebody interrupted it. */
    record Interrupted(String prompt) implements OfPrompt {}

    /** Anything else that names a prompt: a sign of life. */
    record Sign(String prompt) implements OfPrompt {}

    /**
     * An image on the way.
     *
     * @param prompt whose; null in the old form, which does not tell
     * @param node the node that sent it; null in the old form
     */
    record Preview(@Nullable String prompt, @Nullable String node, String mediaType, byte[] bytes) implements Frame {}

    /** Nothing for us. */
    record Other(String type) implements Frame {}

    /** Neither JSON nor a known binary form. */
    record Unreadable(String why) implements Frame {}

    /** The frame of a text message. */
    static Frame of(JsonObject message) {
        String type = message.text("type").orElse("");
        JsonObject data = message.object("data");
        if (type.equals("status")) {
            return new Status(
                    data.number("status", "exec_info", "queue_remaining")
                            .map(number -> (int) number.asDouble())
                            .orElse(0),
                    data.text("sid").isPresent());
        }
        String prompt = data.text("prompt_id").orElse(null);
        if (prompt == null) {
            // also the 'executing' that greets a reconnected client: it does not say whose node it is
            return new Other(type);
        }
        return switch (type) {
            case "execution_start" -> new Started(prompt);
            case "execution_cached" -> new Cached(prompt, FrameReader.texts(data, "nodes"));
            case "executing" -> new Executing(prompt, data.text("node").orElse(null));
            case "progress" ->
                new Progress(
                        prompt,
                        data.text("node").orElse(""),
                        FrameReader.whole(data, "value"),
                        FrameReader.whole(data, "max"));
            case "executed" -> {
                String node = data.text("node").orElse("");
                yield new Executed(prompt, node, OutputFile.of(node, data.object("output")));
            }
            case "execution_success" -> new Succeeded(prompt);
            case "execution_error" -> new Failed(prompt, ComfyError.NodeFailed.of(data));
            case "execution_interrupted" -> new Interrupted(prompt);
            default -> new Sign(prompt);
        };
    }
}
