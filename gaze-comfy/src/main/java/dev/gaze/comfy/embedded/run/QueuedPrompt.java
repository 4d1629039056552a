package dev.gaze.comfy.embedded.run;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A prompt that waits or runs. Graph and extra data are kept as JSON bytes: a hundred thousand of them fit where as many
 * trees would not.
 *
 * @param order its number
 * @param number the number as JSON writes it: {@code 5} when the server gave it, {@code 5.0} when the client did
 * @param id the prompt id
 * @param graph JSON
 * @param extra JSON
 * @param outputs ids of the output nodes to run
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
public record QueuedPrompt(double order, String number, String id, byte[] graph, byte[] extra, List<String> outputs) {

    /** The five-part item of {@code /queue} and history. */
    public byte[] json() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(graph.length + extra.length + 80);
        out.writeBytes(("[" + number + "," + new JsonText(id) + ",").getBytes(StandardCharsets.UTF_8));
        out.writeBytes(graph);
        out.write(',');
        out.writeBytes(extra);
        out.write(',');
        out.writeBytes(Json.compact(JsonArray.of(outputs.toArray())));
        out.write(']');
        return out.toByteArray();
    }
}
