package dev.gaze.comfy.client;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.problem.GazeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** Reads what comes over the socket. Nothing a server sends makes it throw. */
final class FrameReader {
    private static final JsonLimits LIMITS = new JsonLimits(16_000_000, 100);
    private static final int PREVIEW = 1;
    private static final int TEXT = 3;
    private static final int PREVIEW_WITH_METADATA = 4;
    private static final int PNG = 2;

    private FrameReader() {}

    static Frame text(String message) {
        try {
            return Json.read(message.getBytes(StandardCharsets.UTF_8), LIMITS) instanceof JsonObject object
                    ? Frame.of(object)
                    : new Frame.Unreadable("a text that is no object");
        } catch (GazeException broken) {
            return new Frame.Unreadable(broken.getMessage());
        }
    }

    /** Big-endian: the event, then what belongs to it. */
    static Frame binary(ByteBuffer message) {
        if (message.remaining() < 4) {
            return new Frame.Unreadable("a binary message of " + message.remaining() + " bytes");
        }
        int event = message.getInt();
        if (event == PREVIEW && message.remaining() > 4) {
            String mediaType = message.getInt() == PNG ? "image/png" : "image/jpeg";
            return new Frame.Preview(null, null, mediaType, rest(message));
        }
        if (event == PREVIEW_WITH_METADATA && message.remaining() > 4) {
            return preview(message);
        }
        return event == TEXT
                ? new Frame.Other("text")
                : new Frame.Unreadable("binary event " + event + " with " + message.remaining() + " bytes");
    }

    private static Frame preview(ByteBuffer message) {
        int length = message.getInt();
        if (length < 0 || length > message.remaining()) {
            return new Frame.Unreadable("a preview whose metadata is said to be " + length + " bytes long");
        }
        byte[] json = new byte[length];
        message.get(json);
        try {
            JsonObject metadata = Json.object(json, LIMITS);
            return new Frame.Preview(
                    metadata.text("prompt_id").orElse(null),
                    metadata.text("node_id").orElse(null),
                    metadata.text("image_type").orElse("image/jpeg"),
                    rest(message));
        } catch (GazeException broken) {
            return new Frame.Unreadable("a preview with broken metadata");
        }
    }

    private static byte[] rest(ByteBuffer message) {
        byte[] bytes = new byte[message.remaining()];
        message.get(bytes);
        return bytes;
    }

    static Set<String> texts(JsonObject data, String key) {
        Set<String> texts = new HashSet<>();
        if (data.get(key).orElse(null) instanceof JsonArray list) {
            for (JsonValue item : list.items()) {
                texts.add(item instanceof JsonText text ? text.value() : item.toString());
            }
        }
        return texts;
    }

    /** Progress comes as 2 or 2.0. */
    static int whole(JsonObject data, String key) {
        return data.number(key)
                .map(number -> (int) number.asDouble()) // never by BigInteger: 1e999999999 has so many digits
                .orElse(0);
    }
}
