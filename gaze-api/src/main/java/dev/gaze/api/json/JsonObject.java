package dev.gaze.api.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object. Equality ignores the order of keys, as JSON does; reading and writing keep it.
 *
 * @param members the values by key, in file order; unmodifiable
 */
public record JsonObject(Map<String, JsonValue> members) implements JsonValue {
    private static final JsonObject EMPTY = new JsonObject(Map.of());

    /** Copies the members, keeping their order. */
    public JsonObject {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /**
     * The object without members.
     *
     * @return {@code {}}
     */
    public static JsonObject empty() {
        return EMPTY;
    }

    /**
     * An object of one or more members, given as key, value, key, value ….
     *
     * @param pairs keys (text) and values ({@link JsonValue#of} of plain Java data), alternating
     * @return the object
     */
    public static JsonObject of(@Nullable Object... pairs) {
        if (pairs.length % 2 != 0) {
            throw new IllegalArgumentException(
                    "JsonObject.of takes key, value, key, value …; got " + pairs.length + " arguments");
        }
        Map<String, JsonValue> members = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            members.put(String.valueOf(pairs[i]), JsonValue.of(pairs[i + 1]));
        }
        return new JsonObject(members);
    }

    /**
     * The member named {@code key}.
     *
     * @param key its name
     * @return the value, {@link JsonNull} when the member is null; empty when there is no such member
     */
    public Optional<JsonValue> get(String key) {
        return Optional.ofNullable(members.get(key));
    }

    /**
     * The value below a path of keys.
     *
     * @param path keys from here downwards
     * @return the value; empty when a step is missing or not an object
     */
    public Optional<JsonValue> at(String... path) {
        return at(List.of(path));
    }

    /**
     * The value below a path of keys.
     *
     * @param path keys from here downwards; an empty path is this object
     * @return the value; empty when a step is missing or not an object
     */
    public Optional<JsonValue> at(List<String> path) {
        JsonValue here = this;
        for (String key : path) {
            JsonValue next = here instanceof JsonObject object ? object.members.get(key) : null;
            if (next == null) {
                return Optional.empty();
            }
            here = next;
        }
        return Optional.of(here);
    }

    /**
     * The object below a path of keys.
     *
     * @param path keys from here downwards
     * @return the object; an empty one when there is none
     */
    public JsonObject object(String... path) {
        return at(path).filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .orElse(EMPTY);
    }

    /**
     * The text below a path of keys; numbers and booleans are given as text too.
     *
     * @param path keys from here downwards
     * @return the text; empty when it is missing, null, a list or an object
     */
    public Optional<String> text(String... path) {
        return at(path).flatMap(value -> {
            if (value instanceof JsonText text) {
                return Optional.of(text.value());
            }
            return value instanceof JsonNumber || value instanceof JsonBoolean
                    ? Optional.of(value.toString())
                    : Optional.empty();
        });
    }

    /**
     * The number below a path of keys.
     *
     * @param path keys from here downwards
     * @return the number; empty when it is missing or something else
     */
    public Optional<JsonNumber> number(String... path) {
        return at(path).filter(JsonNumber.class::isInstance).map(JsonNumber.class::cast);
    }

    /**
     * This object with one member set. A member that is there keeps its place; a new one goes to the end.
     *
     * @param key its name
     * @param value its new value
     * @return a changed copy
     */
    public JsonObject with(String key, JsonValue value) {
        Map<String, JsonValue> changed = new LinkedHashMap<>(members);
        changed.put(key, value);
        return new JsonObject(changed);
    }

    /**
     * This object with the value below a path set; missing objects on the way are made, and what stands in the way
     * without being an object is replaced.
     *
     * @param path at least one key
     * @param value the new value
     * @return a changed copy
     */
    public JsonObject with(List<String> path, JsonValue value) {
        String key = path.get(0);
        return path.size() == 1 ? with(key, value) : with(key, object(key).with(path.subList(1, path.size()), value));
    }

    /**
     * This object without one member.
     *
     * @param key its name
     * @return a changed copy, or this object when it has no such member
     */
    public JsonObject without(String key) {
        if (!members.containsKey(key)) {
            return this;
        }
        Map<String, JsonValue> changed = new LinkedHashMap<>(members);
        changed.remove(key);
        return new JsonObject(changed);
    }

    /** The object as JSON on one line. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        members.forEach((key, value) -> {
            if (text.length() > 1) {
                text.append(", ");
            }
            text.append(new JsonText(key)).append(": ").append(value);
        });
        return text.append('}').toString();
    }
}
