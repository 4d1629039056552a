package dev.gaze.llm.author;

import dev.gaze.api.asset.Block;
import dev.gaze.api.asset.Category;
import dev.gaze.api.asset.Field;
import dev.gaze.api.asset.FieldAddress;
import dev.gaze.api.asset.Guide;
import dev.gaze.api.asset.Section;
import dev.gaze.api.asset.Wardrobe;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The guide of a category that brings none: what its sections and fields tell. */
final class DerivedGuide {
    private static final String INSTRUCTIONS = """
            You write entries of the category '%1$s' for a library of prompts. Pictures are made from them by a model that was \
            trained on tags, as image boards write them: short, lower case, English.

            You are given a description. Answer with one JSON object of this form:

            %2$s
            '%3$s' is what people read. Every other text holds tags, separated by commas, that say what the name of its key \
            names; leave a text empty where the description gives you nothing to say. Write each tag once.

            Use the tools before you settle on tags: search_tags finds tags by their beginning, suggest_tags by a part of \
            them, and validate_tags tells which of your tags exist. Write only tags that exist.

            Answer with the JSON object alone, without explanations and without fences.
            """;

    private DerivedGuide() {}

    static Guide of(Category category) {
        Map<String, JsonValue> properties = new LinkedHashMap<>();
        if (!Assignment.describesFiles(category)) {
            properties.put(category.idKey(), text("a short id of lower case letters, digits and _"));
        }
        properties.put(category.nameKey(), text("the name people see"));
        List<String> required = new ArrayList<>(properties.keySet());
        for (Section section : category.sections()) {
            if (section.name().equals(FieldAddress.SPECIAL)) {
                section.fields().forEach(field -> properties.putIfAbsent(field.key(), schema(section, field)));
            } else {
                JsonObject fields = object(fields(section), List.of());
                required.add(section.name());
                properties.put(
                        section.name(),
                        section.wardrobe()
                                ? object(Map.of(Wardrobe.DEFAULT, fields), List.of(Wardrobe.DEFAULT))
                                        .with("additionalProperties", fields)
                                : fields);
            }
        }
        return new Guide(
                INSTRUCTIONS.formatted(category.id(), form(category), category.nameKey()),
                object(properties, required));
    }

    private static Map<String, JsonValue> fields(Section section) {
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        section.fields().forEach(field -> fields.put(field.key(), schema(section, field)));
        return fields;
    }

    private static JsonObject schema(Section section, Field field) {
        if (field.name() || field.silent()) {
            return text(field.name() ? "a name" : "a few words");
        }
        String block = field.block() == null ? section.block() : field.block();
        JsonObject tags = JsonObject.of(
                "type", "string", "format", block.equals(Block.NEGATIVE) ? Guide.NEGATIVE_TAGS : Guide.TAGS);
        return field.key().equals("tags") ? JsonObject.of("type", "array", "items", tags) : tags;
    }

    private static JsonObject text(String description) {
        return JsonObject.of("type", "string", "description", description);
    }

    private static JsonObject object(Map<String, JsonValue> properties, List<String> required) {
        return JsonObject.of(
                "type",
                "object",
                "properties",
                new JsonObject(properties),
                "required",
                required,
                "additionalProperties",
                false);
    }

    private static String form(Category category) {
        JsonObject form =
                category.blank("").json().without(category.model().path().get(0));
        if (!Assignment.describesFiles(category)) {
            form = form.with(category.idKey(), new JsonText(""));
        }
        return new String(Json.pretty(form), StandardCharsets.UTF_8);
    }
}
