package dev.gaze.api.preset;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lists of presets (P2): category → name → words. The categories {@code styles}, {@code artists}, {@code composition} and
 * {@code lighting} are always there, in front, and every category begins with {@link #NONE} (P48).
 *
 * @param categories all of them in order, each with its names in order; unmodifiable
 */
public record FlatPresets(Map<String, Map<String, String>> categories) {
    /** The name that chooses nothing; its text is empty. */
    public static final String NONE = "None";

    /** The categories that are always there. */
    public static final List<String> ALWAYS = List.of("styles", "artists", "composition", "lighting");

    /** Copies the lists, and adds what is always there. */
    public FlatPresets {
        Map<String, Map<String, String>> copy = new LinkedHashMap<>();
        for (String category : ALWAYS) {
            copy.put(category, withNone(categories.getOrDefault(category, Map.of())));
        }
        categories.forEach((category, presets) -> {
            if (category.isBlank()) {
                throw new IllegalArgumentException("The name of a preset category is blank");
            }
            copy.putIfAbsent(category, withNone(presets));
        });
        categories = Collections.unmodifiableMap(copy);
    }

    private static Map<String, String> withNone(Map<String, String> presets) {
        Map<String, String> copy = new LinkedHashMap<>();
        copy.put(NONE, "");
        presets.forEach((name, text) -> {
            if (!name.equals(NONE)) {
                if (name.isBlank() || text.isBlank()) {
                    throw new IllegalArgumentException(
                            "A preset needs a name and words, got '%s' and '%s'".formatted(name, text));
                }
                copy.put(name, text);
            }
        });
        return Collections.unmodifiableMap(copy);
    }

    /**
     * The words of a preset.
     *
     * @param category the name of its category
     * @param name its name
     * @return its words; empty for {@link #NONE} and for what nobody knows
     */
    public Optional<String> text(String category, String name) {
        return Optional.ofNullable(categories.getOrDefault(category, Map.of()).get(name))
                .filter(text -> !text.isEmpty());
    }
}
