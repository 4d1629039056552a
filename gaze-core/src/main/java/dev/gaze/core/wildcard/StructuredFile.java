package dev.gaze.core.wildcard;

import dev.gaze.api.asset.AssetData;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.template.Entry;
import dev.gaze.core.template.ItemRules;
import dev.gaze.core.template.ListPool;
import dev.gaze.core.template.Origin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the lists of a YAML or JSON file. A list at the top, or one called {@code items}, makes the file one wildcard;
 * otherwise every list is a wildcard under its keys.
 */
final class StructuredFile {
    private static final String ITEMS = "items";
    private static final String TEMPLATES = "templates";
    private static final Set<String> ABOUT_THE_FILE = Set.of("name", "description", "category", "type", "version");
    private static final Set<String> NO_LISTS = Set.of("usage_notes", "common_tags", "_suffix");
    /** Aliases make small files large: this is more than 8 MB can hold without them. */
    private static final int MOST_ENTRIES = 2_000_000;

    private static final int MOST_LISTS = 200_000;

    private final String name;
    private final String folder;
    private final String file;
    private final List<WordList> lists = new ArrayList<>();
    private final List<ObjectNode> nodes = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private int entries;

    /**
     * A file to be looked through.
     *
     * @param name its path below its root, without extension
     * @param file where it lies, for messages
     */
    StructuredFile(String name, String file) {
        this.name = name;
        this.file = file;
        folder = name.substring(0, name.lastIndexOf('/') + 1);
    }

    List<WordList> lists() {
        return lists;
    }

    List<ObjectNode> nodes() {
        return nodes;
    }

    List<Problem> problems() {
        return problems;
    }

    /** Reads the content of the file. */
    void read(@Nullable JsonValue content) {
        if (content instanceof JsonArray list) {
            lists.add(list(list.items(), name, null, null));
        } else if (content instanceof JsonObject object) {
            if (object.get(ITEMS).orElse(null) instanceof JsonArray items) {
                lists.add(list(items.items(), name, null, null));
            } else {
                object(object, "", null);
            }
        } else if (content != null) {
            problems.add(
                    Problem.of("The file is %s; expected a list, or an object of lists".formatted(content.describe()))
                            .at(file));
        }
        if (isTooMuch()) {
            lists.clear();
            nodes.clear();
            problems.add(Problem.of("The file has more than %d entries or %d lists".formatted(MOST_ENTRIES, MOST_LISTS))
                    .at(file)
                    .fix("take aliases out of it"));
        }
    }

    private boolean isTooMuch() {
        return entries > MOST_ENTRIES || lists.size() > MOST_LISTS;
    }

    /**
     * Goes through an object.
     *
     * @param keys its key path with a slash behind; empty at the top
     * @param brackets the object whose lists brackets mean; null outside of {@code templates}
     * @return its lists, those further below included
     */
    private List<WordList> object(JsonObject object, String keys, @Nullable String brackets) {
        List<WordList> below = new ArrayList<>();
        List<WordList> templates = new ArrayList<>();
        String self = name + (keys.isEmpty() ? "" : "/" + keys.substring(0, keys.length() - 1));
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            String key = member.getKey();
            if (isTooMuch() || keys.isEmpty() && isAboutTheFile(key, member.getValue())) {
                continue;
            }
            boolean isTemplates = key.equals(TEMPLATES);
            List<WordList> found = member(member.getValue(), keys + key, isTemplates ? self : brackets);
            (isTemplates ? templates : below).addAll(found);
        }
        nodes.add(new ObjectNode(
                keys.isEmpty() ? null : folder + keys.substring(0, keys.length() - 1),
                self,
                templates.isEmpty() ? below : templates));
        List<WordList> all = new ArrayList<>(below);
        all.addAll(templates);
        return all;
    }

    private static boolean isAboutTheFile(String key, JsonValue value) {
        return NO_LISTS.contains(key) || ABOUT_THE_FILE.contains(key) && value instanceof JsonText;
    }

    private List<WordList> member(JsonValue value, String keys, @Nullable String brackets) {
        if (value instanceof JsonObject object) {
            return object(object, keys + "/", brackets);
        }
        List<JsonValue> items =
                value instanceof JsonArray array ? array.items() : value instanceof JsonText ? List.of(value) : null;
        if (items == null) {
            return List.of();
        }
        WordList list = list(items, folder + keys, name + "/" + keys, brackets);
        lists.add(list);
        return List.of(list);
    }

    private WordList list(List<JsonValue> items, String path, @Nullable String alias, @Nullable String brackets) {
        Origin origin = new Origin(alias == null ? path : alias, folderOf(folder), brackets);
        List<Entry> found = new ArrayList<>();
        for (JsonValue item : items) {
            if (++entries > MOST_ENTRIES) {
                break;
            }
            Entry entry = entry(item, origin);
            if (entry != null) {
                found.add(entry);
            }
        }
        ListPool pool = ListPool.of(found);
        return new WordList(path, alias, () -> pool);
    }

    static String folderOf(String folderWithSlash) {
        return folderWithSlash.isEmpty() ? "" : folderWithSlash.substring(0, folderWithSlash.length() - 1);
    }

    private @Nullable Entry entry(JsonValue item, Origin origin) {
        if (item instanceof JsonText text) {
            Weighted weighted = Weighted.of(text.value());
            return weighted.text().isEmpty()
                    ? null
                    : Entry.of(weighted.text(), weighted.weight(), origin, ItemRules.NONE);
        }
        if (item instanceof JsonNumber number) {
            return Entry.of(number.text(), 1, origin, ItemRules.NONE);
        }
        if (item instanceof JsonObject object) {
            return object(object, origin);
        }
        problems.add(Problem.of("An item is %s; expected a text, a number or an object".formatted(item.describe()))
                .at(file + ", " + origin.name()));
        return null;
    }

    private @Nullable Entry object(JsonObject item, Origin origin) {
        String text = first(item, "text", "content", "value");
        if (text == null) {
            problems.add(Problem.of("An item has no text")
                    .at(file + ", " + origin.name())
                    .fix("write it under \"text\", \"content\" or \"value\""));
            return null;
        }
        item.get("id").map(AssetData::texts).stream().flatMap(List::stream).forEach(id -> {
            if (!ids.add(id)) {
                problems.add(Problem.of("Id '%s' stands twice".formatted(id)).at(file + ", " + origin.name()));
            }
        });
        Weighted weighted = Weighted.of(text);
        double weight = item.number("weight").map(JsonNumber::asDouble).orElse(weighted.weight());
        if (!(weight >= 0 && weight <= 1e15)) {
            problems.add(Problem.of("Weight %s is not accepted; expected 0 or more".formatted(weight))
                    .at(file + ", " + origin.name()));
            weight = 1;
        }
        return Entry.of(
                weighted.text(),
                weight,
                origin,
                ItemRules.of(
                        tags(item, "tags"),
                        tags(item, "blacklist"),
                        tags(item, "whitelist"),
                        tags(item, "requires_tags")));
    }

    private static @Nullable String first(JsonObject item, String... keys) {
        for (String key : keys) {
            List<String> texts = AssetData.texts(item.get(key).orElse(null));
            if (texts.size() == 1) {
                return texts.get(0);
            }
        }
        return null;
    }

    /** A list of tags, or a text of them with commas between. */
    private static List<String> tags(JsonObject item, String key) {
        return AssetData.texts(item.get(key).orElse(null)).stream()
                .flatMap(text -> Arrays.stream(text.split(",")))
                .toList();
    }
}
