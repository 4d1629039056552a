package dev.gaze.comfy.contract;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonValue;
import java.nio.charset.StandardCharsets;
import okhttp3.Headers;

/** An HTTP answer as it came. */
record Reply(int status, Headers headers, byte[] body) {
    JsonValue json() {
        return Json.read(body, JsonLimits.ANSWER);
    }

    JsonObject object() {
        return (JsonObject) json();
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
