package dev.gaze.core.preset;

import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonBoolean;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.preset.PresetOption;
import dev.gaze.api.preset.PresetQuestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Reads questions and their options. A question is {@code {name, options}}, a bare list of options, or an object of smaller
 * questions; an option is a text or {@code {id, name, description, recommended}}.
 *
 * @param problem told the path of what is wrong, and what it is
 */
record QuestionReader(BiConsumer<List<String>, String> problem) {
    private static final Set<String> OWN_KEYS = Set.of("name", "description", "icon", "multiple", "options");

    List<PresetQuestion> read(List<String> path, JsonObject given) {
        List<PresetQuestion> questions = new ArrayList<>();
        given.members().forEach((key, value) -> {
            if (key.isBlank()) {
                problem.accept(path, "A question has no key");
            } else if (value instanceof JsonArray list) {
                questions.add(question(path, key, JsonObject.of("options", list)));
            } else if (value instanceof JsonObject json) {
                questions.add(question(path, key, json));
            } else if (!OWN_KEYS.contains(key)) {
                problem.accept(
                        HierarchyReader.append(path, key),
                        "'%s' is %s; expected options".formatted(key, value.describe()));
            }
        });
        return questions;
    }

    private PresetQuestion question(List<String> path, String key, JsonObject json) {
        List<String> here = HierarchyReader.append(path, key);
        JsonObject parts = json;
        for (String own : OWN_KEYS) {
            parts = parts.without(own);
        }
        return new PresetQuestion(
                key,
                HierarchyReader.name(key, json),
                isTrue(json, "multiple"),
                options(here, json),
                json.get("options").isPresent() ? List.of() : read(here, parts));
    }

    private List<PresetOption> options(List<String> path, JsonObject question) {
        JsonValue value = question.get("options").orElse(new JsonArray(List.of()));
        List<PresetOption> options = new ArrayList<>();
        if (!(value instanceof JsonArray list)) {
            problem.accept(
                    HierarchyReader.append(path, "options"),
                    "'options' is %s; expected a list".formatted(value.describe()));
            return options;
        }
        for (JsonValue item : list.items()) {
            if (item instanceof JsonText text && !text.value().isBlank()) {
                options.add(new PresetOption(text.value(), text.value(), "", false));
            } else if (item instanceof JsonObject json
                    && !HierarchyReader.words(json, "id").isEmpty()) {
                String id = HierarchyReader.words(json, "id");
                options.add(new PresetOption(
                        id,
                        HierarchyReader.name(id, json),
                        HierarchyReader.words(json, "description"),
                        isTrue(json, "recommended")));
            } else {
                problem.accept(
                        HierarchyReader.append(path, "options"),
                        "An option is %s; expected a text, or an object with an id".formatted(item.describe()));
            }
        }
        return options;
    }

    private static boolean isTrue(JsonObject json, String key) {
        return json.get(key).orElse(null) instanceof JsonBoolean truth && truth.value();
    }
}
