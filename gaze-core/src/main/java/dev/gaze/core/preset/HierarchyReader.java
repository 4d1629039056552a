package dev.gaze.core.preset;

import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.preset.Popularity;
import dev.gaze.api.preset.PresetArtist;
import dev.gaze.api.preset.PresetCategory;
import dev.gaze.api.preset.PresetPack;
import dev.gaze.api.preset.PresetQuestion;
import dev.gaze.api.preset.PresetSelection;
import dev.gaze.api.preset.PresetType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads hierarchies. Several files are put together as JSON first, key by key, so that a user's file need not say more
 * than what it adds; then the whole is read. What is wrong is left out, and told with the last file that says it.
 */
final class HierarchyReader {
    static final String CATEGORIES = "categories";
    static final String PACKS = "preset_packs";
    static final String UNIVERSAL = "universal_options";
    static final String QUALITY_TAGS = "quality_tags";
    private static final String TECHNICAL = "level4_technical";
    private static final String SPECIFICS = "level5_specifics";

    private final List<PresetFile> files;
    private final PresetProblems problems;
    private final QuestionReader questions = new QuestionReader(this::problem);

    /**
     * Reads some files, later ones over earlier ones.
     *
     * @param problems told what is wrong
     */
    HierarchyReader(List<PresetFile> files, PresetProblems problems) {
        this.files = files;
        this.problems = problems;
    }

    Hierarchy read() {
        JsonObject all = JsonObject.empty();
        Map<String, PresetPack> packs = new LinkedHashMap<>();
        for (PresetFile file : files) {
            all = merged(all, file.json());
            for (PresetPack pack : packs(file.json())) {
                packs.put(pack.id(), pack);
            }
        }
        return new Hierarchy(
                categories(all),
                List.copyOf(packs.values()),
                questions.read(List.of(UNIVERSAL), all.object(UNIVERSAL)),
                qualityTags(all.object(QUALITY_TAGS)));
    }

    private static JsonObject merged(JsonObject below, JsonObject above) {
        Map<String, JsonValue> merged = new LinkedHashMap<>(below.members());
        above.members()
                .forEach((key, value) -> merged.merge(
                        key,
                        value,
                        (old, over) -> old instanceof JsonObject oldObject && over instanceof JsonObject overObject
                                ? merged(oldObject, overObject)
                                : over));
        return new JsonObject(merged);
    }

    private Map<String, Hierarchy.Category> categories(JsonObject all) {
        Map<String, Hierarchy.Category> categories = new LinkedHashMap<>();
        List<String> path = List.of(CATEGORIES);
        members(all, path)
                .forEach((id, json) -> categories.put(
                        id,
                        new Hierarchy.Category(
                                new PresetCategory(
                                        id,
                                        name(id, json),
                                        words(json, "icon"),
                                        words(json, "description"),
                                        popularity(json),
                                        words(json, "best_for")),
                                types(json, append(append(path, id), "level2_types")))));
        return categories;
    }

    private Map<String, Hierarchy.Type> types(JsonObject category, List<String> path) {
        Map<String, Hierarchy.Type> types = new LinkedHashMap<>();
        members(category, path)
                .forEach((id, json) -> types.put(
                        id,
                        new Hierarchy.Type(
                                new PresetType(
                                        id,
                                        name(id, json),
                                        words(json, "icon"),
                                        words(json, "description"),
                                        popularity(json),
                                        words(json, "best_for")),
                                artists(json, append(append(path, id), "level3_artists")))));
        return types;
    }

    private Map<String, Hierarchy.Artist> artists(JsonObject type, List<String> path) {
        Map<String, Hierarchy.Artist> artists = new LinkedHashMap<>();
        members(type, path).forEach((id, json) -> artists.put(id, artist(id, json, append(path, id))));
        return artists;
    }

    private Hierarchy.Artist artist(String id, JsonObject json, List<String> path) {
        List<PresetQuestion> technical = questions.read(append(path, TECHNICAL), json.object(TECHNICAL));
        List<PresetQuestion> specifics = questions.read(append(path, SPECIFICS), json.object(SPECIFICS));
        PresetArtist shown = new PresetArtist(
                id,
                name(id, json),
                words(json, "description"),
                words(json, "signature"),
                popularity(json),
                words(json, "best_for"),
                !technical.isEmpty(),
                !specifics.isEmpty());
        return new Hierarchy.Artist(shown, technical, specifics);
    }

    /** The objects below the last key of a path; whatever else stands there is a problem. */
    private Map<String, JsonObject> members(JsonObject json, List<String> path) {
        JsonValue value = json.get(path.get(path.size() - 1)).orElse(JsonObject.empty());
        Map<String, JsonObject> members = new LinkedHashMap<>();
        if (value instanceof JsonObject object) {
            object.members().forEach((id, member) -> {
                if (member instanceof JsonObject child && !id.isBlank()) {
                    members.put(id, child);
                } else {
                    problem(append(path, id), "'%s' is %s; expected an object".formatted(id, member.describe()));
                }
            });
        } else {
            problem(path, "'%s' is %s; expected an object".formatted(path.get(path.size() - 1), value.describe()));
        }
        return Collections.unmodifiableMap(members);
    }

    private List<PresetPack> packs(JsonObject file) {
        List<PresetPack> packs = new ArrayList<>();
        JsonValue list = file.at(PACKS, "packs").orElse(new JsonArray(List.of()));
        if (!(list instanceof JsonArray items)) {
            problem(List.of(PACKS, "packs"), "'packs' is %s; expected a list".formatted(list.describe()));
            return packs;
        }
        for (int i = 0; i < items.items().size(); i++) {
            JsonValue item = items.items().get(i);
            if (item instanceof JsonObject json
                    && json.text("name").filter(name -> !name.isBlank()).isPresent()) {
                String name = json.text("name").orElseThrow();
                packs.add(new PresetPack(
                        json.text("id").filter(id -> !id.isBlank()).orElse(name),
                        name,
                        words(json, "icon"),
                        words(json, "description"),
                        PresetSelection.Hierarchical.of(json.object("selections"))));
            } else {
                problem(
                        List.of(PACKS, "packs", Integer.toString(i)),
                        "A preset pack is %s without a name; it is left out".formatted(item.describe()));
            }
        }
        return packs;
    }

    private Map<String, List<String>> qualityTags(JsonObject given) {
        Map<String, List<String>> tags = new LinkedHashMap<>();
        given.members().forEach((target, value) -> {
            if (value instanceof JsonArray list) {
                tags.put(target, texts(list));
            } else if (value instanceof JsonText text) {
                tags.put(target, List.of(text.value()));
            } else {
                problem(
                        List.of(QUALITY_TAGS, target),
                        "'%s' is %s; expected a list".formatted(target, value.describe()));
            }
        });
        return tags;
    }

    private void problem(List<String> path, String what) {
        problems.add(() -> files.stream()
                .filter(file -> file.json().at(path).isPresent())
                .reduce((earlier, later) -> later)
                .orElse(files.get(0))
                .problem(path, what, null));
    }

    // Small things ---------------------------------------------------------------------------------------------------

    static List<String> append(List<String> path, String key) {
        List<String> longer = new ArrayList<>(path);
        longer.add(key);
        return longer;
    }

    private static Popularity popularity(JsonObject json) {
        return switch (words(json, "popularity").toLowerCase(Locale.ROOT)) {
            case "high" -> Popularity.HIGH;
            case "low" -> Popularity.LOW;
            default -> Popularity.MEDIUM;
        };
    }

    /** The name it has, or its id as a title. */
    static String name(String id, JsonObject json) {
        return json.text("name").filter(name -> !name.isBlank()).orElseGet(() -> title(id));
    }

    private static String title(String id) {
        String title = List.of(id.split("[_\\s]+")).stream()
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining(" "));
        return title.isEmpty() ? id : title;
    }

    /** A text, or a list of texts put together. */
    static String words(JsonObject json, String key) {
        return json.get(key).orElse(null) instanceof JsonArray list
                ? String.join(", ", texts(list))
                : json.text(key).map(String::strip).orElse("");
    }

    private static List<String> texts(JsonArray list) {
        return list.items().stream()
                .filter(JsonText.class::isInstance)
                .map(item -> ((JsonText) item).value())
                .toList();
    }
}
