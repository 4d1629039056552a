package dev.gaze.comfy.embedded.wire;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.problem.GazeException;
import java.util.Optional;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import okio.ByteString;

/**
 * One HTTP request.
 *
 * @param method as sent
 * @param path without {@code /api} and without the base path, percent-decoded
 * @param recorded everything else
 */
record Request(String method, String path, RecordedRequest recorded) {
    /** The query value of that name. */
    Optional<String> query(String name) {
        return Optional.ofNullable(recorded.getUrl().queryParameter(name));
    }

    Headers headers() {
        return recorded.getHeaders();
    }

    ByteString body() {
        ByteString body = recorded.getBody();
        return body == null ? ByteString.EMPTY : body;
    }

    /** The body as JSON; empty when it is none. Nobody looks at the content type. */
    Optional<JsonValue> json() {
        try {
            return Optional.of(Json.read(body().toByteArray(), JsonLimits.ANSWER));
        } catch (GazeException notJson) {
            return Optional.empty();
        }
    }

    /** What follows {@code prefix} in the path; empty when the path does not begin so, or nothing follows. */
    Optional<String> below(String prefix) {
        return path.startsWith(prefix) && path.length() > prefix.length()
                ? Optional.of(path.substring(prefix.length()))
                : Optional.empty();
    }
}
