package dev.gaze.llm.stub;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A request as it arrived.
 *
 * @param method GET or POST
 * @param path with its query
 * @param headers by lower case name
 * @param body the bytes as text
 */
public record Asked(String method, String path, Map<String, String> headers, String body) {

    /** The body as JSON. */
    public JsonObject json() {
        return Json.object(body.getBytes(StandardCharsets.UTF_8), JsonLimits.ANSWER);
    }
}
