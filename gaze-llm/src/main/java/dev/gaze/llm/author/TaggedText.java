package dev.gaze.llm.author;

import dev.gaze.api.asset.AssetData;
import dev.gaze.api.asset.Guide;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.tag.Tag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Goes through the texts of an answer, each with what its schema says of it. Understands properties, items, references
 * within the schema, and combinations; where several schemas speak of one text, one that says it holds tags counts.
 */
final class TaggedText {
    /** A schema that refers to itself without end says nothing. */
    private static final int MOST_REFERENCES = 8;

    private final JsonObject root;
    private final Rule rule;

    /** What is to be done with a text. */
    @FunctionalInterface
    interface Rule {
        /**
         * Called for every text.
         *
         * @param place where it stands, as {@code identity.hair}
         * @param words what its schema says of it
         * @param text the text
         * @return what it should be
         */
        String apply(String place, Words words, String text);
    }

    /**
     * What a schema says of a text.
     *
     * @param format its format; empty for none
     * @param examples words that are accepted without being tags, as catalogues spell them
     */
    record Words(String format, Set<String> examples) {
        boolean areTags() {
            return format.equals(Guide.TAGS) || negative();
        }

        boolean negative() {
            return format.equals(Guide.NEGATIVE_TAGS);
        }
    }

    private TaggedText(JsonObject root, Rule rule) {
        this.root = root;
        this.rule = rule;
    }

    /** The answer with the rule applied to every text, those of keys left out. */
    static JsonObject map(JsonObject schema, JsonObject answer, Rule rule) {
        return (JsonObject) new TaggedText(schema, rule).value(List.of(schema), answer, "");
    }

    private JsonValue value(List<JsonObject> schemas, JsonValue value, String place) {
        List<JsonObject> all = schemas.stream()
                .flatMap(schema -> spelledOut(schema, MOST_REFERENCES))
                .toList();
        if (value instanceof JsonText text) {
            return new JsonText(rule.apply(place, new Words(format(all), examples(all)), text.value()));
        }
        if (value instanceof JsonArray list) {
            List<JsonValue> items = new ArrayList<>();
            for (int i = 0; i < list.items().size(); i++) {
                items.add(value(below(all, "items"), list.items().get(i), place + "[" + i + "]"));
            }
            return new JsonArray(items);
        }
        if (value instanceof JsonObject object) {
            Map<String, JsonValue> members = new LinkedHashMap<>();
            object.members()
                    .forEach((key, member) -> members.put(
                            key, value(member(all, key), member, place.isEmpty() ? key : place + "." + key)));
            return new JsonObject(members);
        }
        return value;
    }

    private static String format(List<JsonObject> schemas) {
        List<String> formats = schemas.stream()
                .flatMap(schema -> schema.text("format").stream())
                .toList();
        return Stream.of(Guide.NEGATIVE_TAGS, Guide.TAGS)
                .filter(formats::contains)
                .findFirst()
                .orElse("");
    }

    private static Set<String> examples(List<JsonObject> schemas) {
        return schemas.stream()
                .flatMap(schema -> schema.get("examples").stream())
                .flatMap(examples -> AssetData.texts(examples).stream())
                .map(Tag::spelled)
                .collect(Collectors.toSet());
    }

    private static List<JsonObject> member(List<JsonObject> schemas, String key) {
        List<JsonObject> declared = schemas.stream()
                .flatMap(schema -> schema.object("properties").get(key).stream())
                .flatMap(TaggedText::objects)
                .toList();
        return declared.isEmpty() ? below(schemas, "additionalProperties") : declared;
    }

    private static List<JsonObject> below(List<JsonObject> schemas, String key) {
        return schemas.stream()
                .flatMap(schema -> schema.get(key).stream())
                .flatMap(TaggedText::objects)
                .toList();
    }

    /** The schema with those it refers to and those it combines. */
    private Stream<JsonObject> spelledOut(JsonObject schema, int left) {
        if (left == 0) {
            return Stream.empty();
        }
        Stream<JsonObject> referred = schema.text("$ref").filter(ref -> ref.startsWith("#/")).stream()
                .flatMap(ref -> root.at(ref.substring(2).split("/")).stream())
                .flatMap(TaggedText::objects);
        Stream<JsonObject> combined = Stream.of("allOf", "anyOf", "oneOf")
                .flatMap(key -> schema.get(key).stream())
                .filter(JsonArray.class::isInstance)
                .flatMap(list -> ((JsonArray) list).items().stream())
                .flatMap(TaggedText::objects);
        return Stream.concat(
                Stream.of(schema), Stream.concat(referred, combined).flatMap(further -> spelledOut(further, left - 1)));
    }

    private static Stream<JsonObject> objects(JsonValue value) {
        return value instanceof JsonObject object ? Stream.of(object) : Stream.empty();
    }
}
