package dev.gaze.api.asset;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonNull;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The content of an asset file: an immutable JSON tree. Keys GAZE does not know, the order of keys and the way numbers
 * are written survive every change.
 *
 * @param json the whole file
 */
public record AssetData(JsonObject json) {

    /** Checks that there is a tree. */
    public AssetData {
        Objects.requireNonNull(json, "json");
    }

    /**
     * The content of an asset, made by hand.
     *
     * @param json the whole file
     * @return the content
     */
    public static AssetData of(JsonObject json) {
        return new AssetData(json);
    }

    /**
     * Reads the content of an asset file.
     *
     * @param text a JSON object
     * @return the content
     * @throws dev.gaze.api.problem.GazeException when the text is no JSON object or beyond the limits of a file
     */
    public static AssetData parse(String text) {
        return new AssetData(Json.object(text));
    }

    /**
     * The value of a field, as it stands in its section.
     *
     * @param section a key at the top level
     * @param key a key within the section
     * @return the value; empty when it is missing or null
     */
    public Optional<JsonValue> value(String section, String key) {
        return json.at(section, key).filter(value -> value != JsonNull.NULL);
    }

    /**
     * The texts of a value as a prompt takes them: a string is one, a number is written as it stands, a list gives
     * those of its items at any depth; null, blank ones, booleans and objects give none.
     *
     * @param value a value; null gives none
     * @return the texts, trimmed
     */
    public static List<String> texts(@Nullable JsonValue value) {
        List<String> found = new ArrayList<>();
        collect(value, found);
        return found;
    }

    /**
     * This content with one value changed.
     *
     * @param value the new value, plain Java data as {@link JsonValue#of} takes it; null writes a JSON null
     * @param path keys from the top level downwards, at least one; missing sections are made
     * @return a changed copy
     */
    public AssetData with(@Nullable Object value, String... path) {
        return new AssetData(json.with(List.of(path), JsonValue.of(value)));
    }

    /** The content as JSON on one line. */
    @Override
    public String toString() {
        return json.toString();
    }

    private static void collect(@Nullable JsonValue value, List<String> found) {
        if (value instanceof JsonArray list) {
            list.items().forEach(item -> collect(item, found));
        } else if (value instanceof JsonText text) {
            String trimmed = text.value().strip();
            if (!trimmed.isEmpty()) {
                found.add(trimmed);
            }
        } else if (value instanceof JsonNumber number) {
            found.add(number.text());
        }
    }
}
