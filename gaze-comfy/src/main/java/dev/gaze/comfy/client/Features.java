package dev.gaze.comfy.client;

import dev.gaze.api.json.JsonBoolean;
import dev.gaze.api.json.JsonObject;

/**
 * What a server can do ({@code GET /features}).
 *
 * @param previewMetadata whether previews can say which prompt and node they belong to
 * @param maxUploadBytes the largest upload it takes; 0 when it does not say
 * @param json the whole answer: later versions have more keys
 */
public record Features(boolean previewMetadata, long maxUploadBytes, JsonObject json) {

    static Features of(JsonObject json) {
        return new Features(
                json.get("supports_preview_metadata")
                        .filter(JsonBoolean.TRUE::equals)
                        .isPresent(),
                json.number("max_upload_size")
                        .map(number -> (long) number.asDouble())
                        .orElse(0L),
                json);
    }
}
