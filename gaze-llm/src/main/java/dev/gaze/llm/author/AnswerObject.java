package dev.gaze.llm.author;

import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonBoolean;
import dev.gaze.api.json.JsonNull;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * Finds the JSON object in what a model said: behind prose, between fences, with trailing commas, comments, single quotes
 * or line feeds in texts. Of several objects the longest counts, which is seldom the one of an example.
 */
final class AnswerObject {
    /** How many characters of an answer are read; no asset has as many. */
    static final int LONGEST = 1_000_000;

    private static final int DEEPEST = 50;
    /** Where objects might begin; a text that holds more braces than that is no answer. */
    private static final int MOST_TRIES = 1_000;

    private static final JsonFactory LENIENT = JsonFactory.builder()
            .enable(
                    JsonReadFeature.ALLOW_TRAILING_COMMA,
                    JsonReadFeature.ALLOW_JAVA_COMMENTS,
                    JsonReadFeature.ALLOW_SINGLE_QUOTES,
                    JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES,
                    JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS,
                    JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();

    private AnswerObject() {}

    /** The object; empty when the text holds none, or is too long. */
    static Optional<JsonObject> in(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        char[] chars = text.toCharArray();
        JsonObject found = null;
        int longest = 0;
        int start = text.indexOf('{');
        for (int tries = 0; start >= 0 && tries < MOST_TRIES; tries++) {
            int end = start;
            try (JsonParser parser =
                    LENIENT.createParser(ObjectReadContext.empty(), chars, start, chars.length - start)) {
                JsonObject object = (JsonObject) value(parser, parser.nextToken());
                end = start + (int) parser.currentLocation().getCharOffset();
                if (end - start > longest) {
                    found = object;
                    longest = end - start;
                }
            } catch (JacksonException | IllegalArgumentException noObject) { // also for a number such as 1e99999999999
                end = start + 1; // the next brace may begin one
            }
            start = text.indexOf('{', end);
        }
        return Optional.ofNullable(found);
    }

    private static JsonValue value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> new JsonText(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(parser.getString());
            case VALUE_TRUE -> JsonBoolean.TRUE;
            case VALUE_FALSE -> JsonBoolean.FALSE;
            case VALUE_NULL -> JsonNull.NULL;
            default -> throw new IllegalStateException("No JSON value starts with " + token);
        };
    }

    private static JsonObject object(JsonParser parser) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            members.put(key, value(parser, parser.nextToken()));
        }
        return new JsonObject(members);
    }

    private static JsonArray array(JsonParser parser) {
        List<JsonValue> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(value(parser, token));
        }
        return new JsonArray(items);
    }
}
