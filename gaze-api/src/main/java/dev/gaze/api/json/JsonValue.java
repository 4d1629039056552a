package dev.gaze.api.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON value: object, array, text, number, boolean or null. Immutable; equal when the JSON is. */
public sealed interface JsonValue permits JsonObject, JsonArray, JsonText, JsonNumber, JsonBoolean, JsonNull {

    /**
     * The JSON value of plain Java data.
     *
     * @param java null, a {@link JsonValue}, {@link CharSequence}, {@link Number}, {@link Boolean}, a {@link Map} with
     *     text keys, or an {@link Iterable}, at any depth
     * @return the value
     * @throws IllegalArgumentException for anything else, and for numbers JSON cannot write (NaN, infinities)
     */
    static JsonValue of(@Nullable Object java) {
        if (java == null) {
            return JsonNull.NULL;
        }
        if (java instanceof JsonValue value) {
            return value;
        }
        if (java instanceof CharSequence text) {
            return new JsonText(text.toString());
        }
        if (java instanceof Boolean truth) {
            return JsonBoolean.of(truth);
        }
        if (java instanceof Number number) {
            return JsonNumber.of(number);
        }
        if (java instanceof Map<?, ?> map) {
            Map<String, JsonValue> members = new LinkedHashMap<>();
            map.forEach((key, value) -> members.put(String.valueOf(key), of(value)));
            return new JsonObject(members);
        }
        if (java instanceof Iterable<?> items) {
            List<JsonValue> values = new ArrayList<>();
            items.forEach(item -> values.add(of(item)));
            return new JsonArray(values);
        }
        throw new IllegalArgumentException(
                "JSON cannot hold a %s; expected text, a number, a boolean, a map, a list or null"
                        .formatted(java.getClass().getName()));
    }

    /**
     * What this is, for messages: {@code an object}, {@code a list}, {@code "heavy"}, {@code 0.8}, {@code null}. Long
     * texts are cut.
     *
     * @return a few words
     */
    default String describe() {
        if (this instanceof JsonObject) {
            return "an object";
        }
        if (this instanceof JsonArray) {
            return "a list";
        }
        if (this instanceof JsonText text) {
            String value = text.value();
            return '"' + (value.length() > 40 ? value.substring(0, 40) + "…" : value) + '"';
        }
        return toString();
    }
}
