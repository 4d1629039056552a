package dev.gaze.api.json;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.ServiceLoader;

/**
 * Reads and writes JSON. The work is done by the engine's JSON library, found once through {@link ServiceLoader}; with
 * gaze-api alone on the path these calls fail with an {@link IllegalStateException} that names the missing jar.
 */
public final class Json {

    private Json() {}

    /**
     * Reads one JSON value.
     *
     * @param bytes UTF-8, a byte order mark is allowed
     * @param limits how much is read at most
     * @return the value
     * @throws GazeException {@link GazeException.Kind#INVALID} when it is no JSON, holds a key twice or goes on behind
     *     the value; {@link GazeException.Kind#REFUSED} when it is beyond the limits. The problem's place is
     *     {@code line:column}.
     */
    public static JsonValue read(byte[] bytes, JsonLimits limits) {
        return Format.FOUND.read(bytes, limits);
    }

    /**
     * Reads one JSON object from text, with the limits of a file.
     *
     * @param text the JSON
     * @return the object
     * @throws GazeException as {@link #read}, and when the value is not an object
     */
    public static JsonObject object(String text) {
        return object(text.getBytes(StandardCharsets.UTF_8), JsonLimits.FILE);
    }

    /**
     * Reads one JSON object.
     *
     * @param bytes UTF-8, a byte order mark is allowed
     * @param limits how much is read at most
     * @return the object
     * @throws GazeException as {@link #read}, and when the value is not an object
     */
    public static JsonObject object(byte[] bytes, JsonLimits limits) {
        JsonValue value = read(bytes, limits);
        if (value instanceof JsonObject object) {
            return object;
        }
        throw new GazeException(
                GazeException.Kind.INVALID,
                Problem.of("Expected a JSON object, found " + value.describe()).at("1:1"));
    }

    /**
     * Writes a value as people edit it: two blanks a level, one member a line, a line feed at the end.
     *
     * @param value what to write
     * @return UTF-8 without a byte order mark
     */
    public static byte[] pretty(JsonValue value) {
        return Format.FOUND.write(value, true);
    }

    /**
     * Writes a value as machines send it, without blanks between tokens.
     *
     * @param value what to write
     * @return UTF-8
     */
    public static byte[] compact(JsonValue value) {
        return Format.FOUND.write(value, false);
    }

    /**
     * Finds the line on which the value below a path stands, for messages about a file.
     *
     * @param bytes the file
     * @param path keys from the root downwards; a step into a list is its index from 0
     * @return the line, from 1; empty when the path leads nowhere
     */
    public static OptionalInt line(byte[] bytes, List<String> path) {
        return Format.FOUND.line(bytes, path);
    }

    /** Found once: a constant of the class path, not state. */
    private static final class Format {
        static final JsonFormat FOUND = find();

        private static JsonFormat find() {
            return ServiceLoader.load(JsonFormat.class, Json.class.getClassLoader())
                    .findFirst()
                    .or(() -> ServiceLoader.load(JsonFormat.class).findFirst())
                    .orElseThrow(
                            () -> new IllegalStateException(
                                    "No JSON library found; put dev.gaze:gaze-core beside gaze-api (gaze-comfy brings it along)"));
        }
    }
}
