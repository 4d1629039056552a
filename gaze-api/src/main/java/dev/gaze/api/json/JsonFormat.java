package dev.gaze.api.json;

import java.util.List;
import java.util.OptionalInt;

/** What {@link Json} hands its work to. Internal: gaze-core provides it, applications use {@link Json}. */
public interface JsonFormat {

    /**
     * See {@link Json#read}.
     *
     * @param bytes UTF-8
     * @param limits how much is read at most
     * @return the value
     */
    JsonValue read(byte[] bytes, JsonLimits limits);

    /**
     * See {@link Json#pretty} and {@link Json#compact}.
     *
     * @param value what to write
     * @param pretty whether for people
     * @return UTF-8
     */
    byte[] write(JsonValue value, boolean pretty);

    /**
     * See {@link Json#line}.
     *
     * @param bytes the file
     * @param path keys from the root downwards
     * @return the line, from 1
     */
    OptionalInt line(byte[] bytes, List<String> path);
}
