package dev.gaze.api.asset;

import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The content of an asset in which everything is still to be filled in: each field of its category, empty. */
final class Blank {
    private static final String TAGS = "tags";

    private Blank() {}

    static AssetData of(Category category, String id) {
        JsonObject json = JsonObject.of(category.idKey(), id, category.nameKey(), name(id));
        for (Section section : category.sections()) {
            if (section.name().equals(FieldAddress.SPECIAL)) {
                for (Field field : section.fields()) {
                    if (json.get(field.key()).isEmpty()) {
                        json = json.with(field.key(), field.key().equals(TAGS) ? JsonArray.of() : new JsonText(""));
                    }
                }
            } else {
                JsonObject fields = empty(section);
                json = json.with(section.name(), section.wardrobe() ? JsonObject.of(Wardrobe.DEFAULT, fields) : fields);
            }
        }
        if (category.model().path().equals(ModelFile.LORA.path())) {
            json = json.with(
                    "lora", JsonObject.of("lora_name", "", "lora_weight", category.loraWeight(), "lora_triggers", ""));
        } else if (category.model().path().size() > 1) {
            json = json.with(category.model().path(), new JsonText(""));
        }
        return AssetData.of(json);
    }

    private static JsonObject empty(Section section) {
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        section.fields().forEach(field -> fields.put(field.key(), new JsonText("")));
        return new JsonObject(fields);
    }

    /** {@code mira_vale} is shown as {@code Mira Vale}. */
    private static String name(String id) {
        List<String> words = new ArrayList<>();
        for (String word : id.substring(id.lastIndexOf('/') + 1).split("[_\\s]+")) {
            if (!word.isEmpty()) {
                words.add(word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
            }
        }
        return String.join(" ", words);
    }
}
