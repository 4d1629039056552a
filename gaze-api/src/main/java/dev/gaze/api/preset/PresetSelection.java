package dev.gaze.api.preset;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What somebody chose among the presets. It holds names only; what they stand for is looked up when a prompt is written,
 * so that an edited preset file counts at once. Names that nobody knows are no error: they are left out,
 * with a warning.
 */
public sealed interface PresetSelection {
    /** Nothing chosen. */
    PresetSelection NONE = new Flat(Map.of());

    /**
     * The selection as it is kept in the history: a flat one as {@code {category: name}}, a hierarchical one below the key
     * {@code hierarchical}.
     *
     * @return an object; empty when nothing is chosen
     */
    JsonObject toJson();

    /**
     * Reads a selection as {@link #toJson} writes it.
     *
     * @param json the object
     * @return the selection; what has another shape is left out
     */
    static PresetSelection of(JsonObject json) {
        if (json.get("hierarchical").filter(JsonObject.class::isInstance).isPresent()) {
            return Hierarchical.of(json.object("hierarchical"));
        }
        return new Flat(texts(json));
    }

    /**
     * A choice among flat presets.
     *
     * @param names the chosen preset by category, such as {@code lighting → Golden Hour}; {@code None} chooses nothing
     */
    record Flat(Map<String, String> names) implements PresetSelection {

        /** Copies the names, keeping their order. */
        public Flat {
            names = Collections.unmodifiableMap(new LinkedHashMap<>(names));
        }

        /**
         * This selection with one more choice.
         *
         * @param category the name of a flat category
         * @param name the preset
         * @return a changed copy
         */
        public Flat with(String category, String name) {
            Map<String, String> more = new LinkedHashMap<>(names);
            more.put(category, name);
            return new Flat(more);
        }

        @Override
        public JsonObject toJson() {
            return (JsonObject) JsonValue.of(names);
        }
    }

    /**
     * A choice within the hierarchy (P8-P12, P29, P30).
     *
     * @param category the id of the category; null for none, then nothing else counts
     * @param type the id of the type; null for none
     * @param artist the id of the artist; null for none
     * @param technical option ids by key (level 4)
     * @param specifics scene specifics (level 5): a text, a list of texts, or an object of these, by key
     * @param universal universal options: a text or a list of texts by key
     */
    record Hierarchical(
            @Nullable String category,
            @Nullable String type,
            @Nullable String artist,
            Map<String, String> technical,
            JsonObject specifics,
            JsonObject universal)
            implements PresetSelection {

        /** Copies the technical options, keeping their order; blank ids become null. */
        public Hierarchical {
            category = blankToNull(category);
            type = blankToNull(type);
            artist = blankToNull(artist);
            technical = Collections.unmodifiableMap(new LinkedHashMap<>(technical));
        }

        /**
         * A category, and nothing else yet.
         *
         * @param category its id
         * @return the selection
         */
        public static Hierarchical in(String category) {
            return new Hierarchical(category, null, null, Map.of(), JsonObject.empty(), JsonObject.empty());
        }

        /**
         * Reads a selection as {@code {category, type, artist, technical, specifics, universal}}. The keys
         * {@code level1} to {@code level5} say the same.
         *
         * @param json the object
         * @return the selection; what has another shape is left out
         */
        public static Hierarchical of(JsonObject json) {
            return new Hierarchical(
                    text(json, "category", "level1"),
                    text(json, "type", "level2"),
                    text(json, "artist", "level3"),
                    texts(object(json, "technical", "level4")),
                    object(json, "specifics", "level5"),
                    object(json, "universal", "universal_options"));
        }

        /**
         * Reads a selection from text.
         *
         * @param json as for {@link #of(JsonObject)}
         * @return the selection
         * @throws dev.gaze.api.problem.GazeException when the text is no JSON object
         */
        public static Hierarchical parse(String json) {
            return of(Json.object(json));
        }

        /**
         * With a type.
         *
         * @param id its id
         * @return a changed copy
         */
        public Hierarchical type(String id) {
            return new Hierarchical(category, id, artist, technical, specifics, universal);
        }

        /**
         * With an artist.
         *
         * @param id its id
         * @return a changed copy
         */
        public Hierarchical artist(String id) {
            return new Hierarchical(category, type, id, technical, specifics, universal);
        }

        /**
         * With one more technical option.
         *
         * @param key what is chosen
         * @param option the id of the option
         * @return a changed copy
         */
        public Hierarchical technical(String key, String option) {
            Map<String, String> more = new LinkedHashMap<>(technical);
            more.put(key, option);
            return new Hierarchical(category, type, artist, more, specifics, universal);
        }

        /**
         * With one more scene specific.
         *
         * @param key what is chosen
         * @param value a text, a list of texts, or a map of these
         * @return a changed copy
         */
        public Hierarchical specific(String key, Object value) {
            return new Hierarchical(
                    category, type, artist, technical, specifics.with(key, JsonValue.of(value)), universal);
        }

        /**
         * With one more universal option.
         *
         * @param key such as {@code mood}
         * @param value a text or a list of texts
         * @return a changed copy
         */
        public Hierarchical universal(String key, Object value) {
            return new Hierarchical(
                    category, type, artist, technical, specifics, universal.with(key, JsonValue.of(value)));
        }

        @Override
        public JsonObject toJson() {
            JsonObject json = JsonObject.empty();
            json = category == null ? json : json.with("category", new JsonText(category));
            json = type == null ? json : json.with("type", new JsonText(type));
            json = artist == null ? json : json.with("artist", new JsonText(artist));
            json = technical.isEmpty() ? json : json.with("technical", JsonValue.of(technical));
            json = specifics.members().isEmpty() ? json : json.with("specifics", specifics);
            json = universal.members().isEmpty() ? json : json.with("universal", universal);
            return json.members().isEmpty() ? json : JsonObject.of("hierarchical", json);
        }

        private static @Nullable String blankToNull(@Nullable String id) {
            return id == null || id.isBlank() ? null : id.strip();
        }

        private static @Nullable String text(JsonObject json, String key, String seedKey) {
            return json.text(key).or(() -> json.text(seedKey)).orElse(null);
        }

        private static JsonObject object(JsonObject json, String key, String seedKey) {
            JsonObject found = json.object(key);
            return found.members().isEmpty() ? json.object(seedKey) : found;
        }
    }

    /**
     * What is chosen of one flat category.
     *
     * @param category its name
     * @return the name of the preset; empty when nothing, {@code None} or something hierarchical is chosen
     */
    default Optional<String> flat(String category) {
        return this instanceof Flat flat
                ? Optional.ofNullable(flat.names.get(category)).filter(name -> !name.equals(FlatPresets.NONE))
                : Optional.empty();
    }

    private static Map<String, String> texts(JsonObject json) {
        Map<String, String> texts = new LinkedHashMap<>();
        json.members().keySet().forEach(key -> json.text(key).ifPresent(text -> texts.put(key, text)));
        return texts;
    }
}
