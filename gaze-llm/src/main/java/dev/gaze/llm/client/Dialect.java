package dev.gaze.llm.client;

import dev.gaze.api.chat.ToolCall;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.problem.GazeException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a kind of server wants to be asked, and how it answers. Used by one conversation. */
sealed interface Dialect permits OpenAiDialect, OllamaDialect, GenerateDialect {
    /**
     * What a model gave a tool, to remind it of: no server takes anything but an object, and what was wrong with the rest
     * stands in the result.
     */
    static JsonObject given(ToolCall call) {
        try {
            return Json.object(call.arguments());
        } catch (GazeException noObject) {
            return JsonObject.empty();
        }
    }

    /** What a server may mean by a number; never ask a hostile 1e999999999 for its digits. */
    Pattern SMALL = Pattern.compile("\\d{1,9}");

    /** Where questions go, below the base address. */
    List<String> path();

    /** The question as this server reads it. */
    JsonObject body(Question question, boolean usageWanted);

    /** Takes what is new out of a piece of an answer, which may be the whole answer. */
    void read(JsonObject piece, Gathering into);

    /** Where the list of models is, below the base address. */
    List<String> modelsPath();

    /** The names of a list of models. */
    List<String> models(JsonObject answer);

    /** The names in a list of objects. */
    static List<String> names(JsonObject answer, String list, String key) {
        return items(answer, list).stream()
                .map(model -> model.text(key))
                .flatMap(Optional::stream)
                .toList();
    }

    /** The objects in a list; what is no object is left out. */
    static List<JsonObject> items(JsonObject object, String key) {
        return object.get(key).orElse(null) instanceof JsonArray list
                ? list.items().stream()
                        .filter(JsonObject.class::isInstance)
                        .map(JsonObject.class::cast)
                        .toList()
                : List.of();
    }

    /** The text of a member; empty when it is missing or something else. */
    static String text(JsonObject object, String key) {
        return object.get(key).orElse(null) instanceof JsonText text ? text.value() : "";
    }

    /** A small whole number; {@code otherwise} when it is missing, or what no server would mean. */
    static int number(JsonObject object, String key, int otherwise) {
        return object.number(key)
                .map(JsonNumber::text)
                .filter(text -> SMALL.matcher(text).matches())
                .map(Integer::parseInt)
                .orElse(otherwise);
    }

    /** Arguments as text: most servers send a text that holds JSON, some the JSON itself. */
    static String arguments(JsonObject function) {
        JsonValue given = function.get("arguments").orElse(null);
        if (given instanceof JsonText text) {
            return text.value();
        }
        return given instanceof JsonObject object ? object.toString() : "";
    }
}
