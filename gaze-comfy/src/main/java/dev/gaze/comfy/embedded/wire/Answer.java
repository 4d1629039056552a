package dev.gaze.comfy.embedded.wire;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import okio.Buffer;

/** HTTP answers in ComfyUI's habit: errors have an empty body or a fixed text, never JSON unless said otherwise. */
final class Answer {
    static final String JSON = "application/json; charset=utf-8";
    static final String TEXT = "text/plain; charset=utf-8";

    private Answer() {}

    static MockResponse json(JsonValue value) {
        return json(200, Json.compact(value));
    }

    static MockResponse json(int status, JsonValue value) {
        return json(status, Json.compact(value));
    }

    static MockResponse json(byte[] json) {
        return json(200, json);
    }

    private static MockResponse json(int status, byte[] json) {
        return bytes(status, JSON, json);
    }

    static MockResponse text(int status, String text) {
        return bytes(status, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    static MockResponse bytes(int status, String contentType, byte[] body) {
        return new MockResponse.Builder()
                .code(status)
                .setHeader("Content-Type", contentType)
                .body(new Buffer().write(body))
                .build();
    }

    static MockResponse empty(int status) {
        return new MockResponse.Builder().code(status).build();
    }

    /** What aiohttp says when a handler fails. */
    static MockResponse trouble() {
        return text(500, "500 Internal Server Error\n\nServer got itself in trouble");
    }

    static MockResponse notFound() {
        return new MockResponse.Builder()
                .code(404)
                .setHeader("Content-Type", "application/octet-stream")
                .build();
    }

    static MockResponse wrongMethod(String allowed) {
        return text(405, "405: Method Not Allowed")
                .newBuilder()
                .setHeader("Allow", allowed)
                .build();
    }

    /** All bytes of an answer's body; none when it has no body. */
    static byte[] body(MockResponse answer) {
        MockResponseBody body = answer.getBody();
        Buffer all = new Buffer();
        try {
            if (body != null) {
                body.writeTo(all);
            }
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return all.readByteArray();
    }

    /** The same answer without its body, for HEAD. */
    static MockResponse headOnly(MockResponse answer) {
        return new MockResponse.Builder()
                .status(answer.getStatus())
                .headers(answer.getHeaders())
                .build();
    }
}
