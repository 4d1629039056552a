package dev.gaze.llm.author;

import dev.gaze.api.asset.AssetData;
import dev.gaze.api.asset.Category;
import dev.gaze.api.asset.FieldAddress;
import dev.gaze.api.asset.Guide;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An asset that is to be written.
 *
 * @param category what it is
 * @param guide what the model is told of such assets
 * @param question what it should be
 * @param file the model file it is written for; null for none
 */
record Assignment(
        Category category,
        Guide guide,
        String question,
        @Nullable String file) {
    private static final String LORA = "lora";
    private static final JsonObject LORA_SCHEMA = Json.object("""
            {"type": "object", "properties": {
              "lora_triggers": {"type": "string", "description": "the words the file was trained to react to, as they are; empty when the hints tell none"},
              "lora_weight": {"type": "number", "minimum": 0, "maximum": 2, "description": "how strongly to apply it; leave out what the hints do not tell"}},
             "additionalProperties": false}
            """);

    static Assignment described(Category category, String description) {
        return new Assignment(category, guide(category), "Description: " + description.strip(), null);
    }

    static Assignment forFile(Category category, String file, Map<String, String> metadata) {
        return new Assignment(category, guide(category), FileHints.of(file, metadata), file);
    }

    /** Whether the id of an asset is the model file it describes, as a checkpoint's is. */
    static boolean describesFiles(Category category) {
        return category.model().path().equals(List.of(category.idKey()));
    }

    private static Guide guide(Category category) {
        return category.guide().orElseGet(() -> DerivedGuide.of(category));
    }

    /** What the answer must fit. */
    JsonObject schema() {
        JsonObject schema = guide.schema();
        return file != null && names(LORA)
                ? schema.with("properties", schema.object("properties").with(LORA, LORA_SCHEMA))
                : schema;
    }

    /** What the model is told before the question. */
    String instructions() {
        return guide.instructions().strip() + "\n\nThe JSON Schema your answer must fit:\n"
                + new String(Json.pretty(schema()), StandardCharsets.UTF_8);
    }

    /** The id an answer asks for, else one made of its name; may be empty. That of a file follows from the file's name. */
    String id(JsonObject answer) {
        String own = answer.text(category.idKey()).map(AssetId::kept).orElse("");
        if (file != null) {
            return own.isEmpty() || !isSpoken(category) ? id(category, file) : own;
        }
        return own.isEmpty() ? AssetId.plain(answer.text(category.nameKey()).orElse("")) : own;
    }

    /** Whether ids are written into prompts, as those of characters are: then a file's name will not do. */
    private static boolean isSpoken(Category category) {
        return category.sections().stream()
                .filter(section -> section.name().equals(FieldAddress.SPECIAL))
                .flatMap(section -> section.fields().stream())
                .anyMatch(field -> field.key().equals(category.idKey()));
    }

    /** The id of the asset of a model file. */
    static String id(Category category, String file) {
        return describesFiles(category) ? file : AssetId.ofFile(file);
    }

    /** The whole file of an asset: what was answered, and empty fields for the rest. */
    AssetData asset(JsonObject answer, String id) {
        Function<String, AssetData> known = category.model().withoutJson();
        JsonObject blank = file != null && known != null
                ? known.apply(file).json()
                : category.blank(id).json();
        JsonObject own = file == null && category.model().path().size() > 1
                ? answer.without(category.model().path().get(0)) // no model knows which files there are
                : answer;
        JsonObject whole = filled(blank, own).with(category.idKey(), new JsonText(id));
        return AssetData.of(
                file == null ? whole : whole.with(category.model().path(), new JsonText(Objects.requireNonNull(file))));
    }

    private boolean names(String section) {
        return category.model().path().size() > 1
                && category.model().path().get(0).equals(section);
    }

    private static JsonObject filled(JsonObject blank, JsonObject answer) {
        JsonObject filled = blank;
        for (Map.Entry<String, JsonValue> member : answer.members().entrySet()) {
            JsonValue before = blank.members().get(member.getKey());
            filled = filled.with(
                    member.getKey(),
                    before instanceof JsonObject fields && member.getValue() instanceof JsonObject given
                            ? filled(fields, given)
                            : member.getValue());
        }
        return filled;
    }
}
