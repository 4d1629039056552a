package dev.gaze.core.asset;

import dev.gaze.api.asset.AssetState;
import dev.gaze.api.asset.AssetState.LastUsed;
import dev.gaze.api.asset.FieldAddress;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonNull;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How an {@link AssetState} stands in its sidecar. Keys GAZE does not know survive, at both levels. */
final class StateJson {
    private static final String COVER = "cover";
    private static final String DEFAULT_FIELDS = "default_fields";
    private static final String OUTFIT = "outfit";
    private static final String LAST_USED = "last_used";
    private static final Set<String> KNOWN = Set.of(COVER, DEFAULT_FIELDS, OUTFIT, LAST_USED);

    private final JsonObject json;
    private final byte[] source;
    private final String where;

    private StateJson(JsonObject json, byte[] source, String where) {
        this.json = json;
        this.source = source;
        this.where = where;
    }

    /**
     * Reads a sidecar.
     *
     * @param json its content
     * @param source its bytes, for line numbers
     * @param where the file, for people
     * @throws GazeException {@code INVALID} when a value is of the wrong type
     */
    static AssetState read(JsonObject json, byte[] source, String where) {
        StateJson reader = new StateJson(json, source, where);
        JsonObject more = json;
        for (String key : KNOWN) {
            more = more.without(key);
        }
        return new AssetState(
                reader.text(COVER),
                reader.fields(DEFAULT_FIELDS),
                reader.text(OUTFIT),
                new LastUsed(
                        reader.fields(LAST_USED, "fields"),
                        reader.text(LAST_USED, "preview"),
                        reader.text(LAST_USED, "character"),
                        reader.text(LAST_USED, "action"),
                        reader.text(LAST_USED, "extra_positive"),
                        reader.text(LAST_USED, "extra_negative")),
                more);
    }

    /**
     * Writes a sidecar.
     *
     * @param before what stood there; keys keep their order
     * @param state what shall stand there
     */
    static JsonObject write(JsonObject before, AssetState state) {
        JsonObject json = before;
        for (String key : before.members().keySet()) {
            if (!KNOWN.contains(key) && state.more().get(key).isEmpty()) {
                json = json.without(key);
            }
        }
        json = put(json, COVER, state.cover());
        json = put(json, DEFAULT_FIELDS, state.defaultFields());
        json = put(json, OUTFIT, state.outfit());
        LastUsed used = state.lastUsed();
        JsonObject last = before.object(LAST_USED);
        last = put(last, "fields", used.fields());
        last = put(last, "preview", used.preview());
        last = put(last, "character", used.character());
        last = put(last, "action", used.action());
        last = put(last, "extra_positive", used.extraPositive());
        last = put(last, "extra_negative", used.extraNegative());
        json = last.members().isEmpty() ? json.without(LAST_USED) : json.with(LAST_USED, last);
        for (var member : state.more().members().entrySet()) {
            json = json.with(member.getKey(), member.getValue());
        }
        return json;
    }

    private static JsonObject put(JsonObject json, String key, @Nullable String text) {
        return text == null ? json.without(key) : json.with(key, new JsonText(text));
    }

    private static JsonObject put(JsonObject json, String key, List<FieldAddress> fields) {
        return fields.isEmpty()
                ? json.without(key)
                : json.with(
                        key,
                        JsonValue.of(fields.stream().map(FieldAddress::toString).toList()));
    }

    private @Nullable String text(String... path) {
        JsonValue value = json.at(path).orElse(JsonNull.NULL);
        if (value == JsonNull.NULL) {
            return null;
        }
        if (value instanceof JsonText text) {
            return text.value();
        }
        throw wrong(value, "text", path);
    }

    private List<FieldAddress> fields(String... path) {
        JsonValue value = json.at(path).orElse(JsonNull.NULL);
        if (value == JsonNull.NULL) {
            return List.of();
        }
        if (value instanceof JsonArray list && list.items().stream().allMatch(JsonText.class::isInstance)) {
            try {
                return list.items().stream()
                        .map(item -> FieldAddress.parse(((JsonText) item).value()))
                        .toList();
            } catch (IllegalArgumentException noAddress) {
                throw wrong(value, "a list of addresses such as \"identity::hair\"", path);
            }
        }
        throw wrong(value, "a list of addresses such as \"identity::hair\"", path);
    }

    private GazeException wrong(JsonValue value, String expected, String... path) {
        String place = Json.line(source, List.of(path)).stream()
                .mapToObj(line -> where + ":" + line)
                .findFirst()
                .orElse(where);
        return new GazeException(
                Kind.INVALID,
                new Problem(
                        "%s is %s; expected %s".formatted(String.join(".", path), value.describe(), expected),
                        place,
                        "mend or delete this file; the asset itself is not harmed"));
    }
}
