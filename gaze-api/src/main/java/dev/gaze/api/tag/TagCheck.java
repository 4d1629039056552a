package dev.gaze.api.tag;

import dev.gaze.api.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a catalogue says to a list of tags. Every tag stands in exactly one of the four, in the order in which they were
 * given, and once. All are spelled as catalogues spell them, without weight and group.
 *
 * @param valid names of tags
 * @param aliases other names of tags, each with the name it stands for
 * @param invalid what no tag is called, with suggestions
 * @param blocked what the deny list holds: no positive prompt may hold it, whatever a catalogue says
 */
public record TagCheck(List<String> valid, Map<String, String> aliases, List<Unknown> invalid, List<String> blocked) {

    /** Copies the collections, keeping their order. */
    public TagCheck {
        valid = List.copyOf(valid);
        aliases = Collections.unmodifiableMap(new LinkedHashMap<>(aliases));
        invalid = List.copyOf(invalid);
        blocked = List.copyOf(blocked);
    }

    /**
     * A text no tag is called.
     *
     * @param tag the text, spelled as a catalogue spells it
     * @param suggestions names that were probably meant, best first, at most three
     */
    public record Unknown(String tag, List<String> suggestions) {

        /** Copies the suggestions. */
        public Unknown {
            Objects.requireNonNull(tag, "tag");
            suggestions = List.copyOf(suggestions);
        }
    }

    /**
     * Whether every tag may be used as it was written or under the name its alias stands for.
     *
     * @return true when nothing is invalid or blocked
     */
    public boolean passed() {
        return invalid.isEmpty() && blocked.isEmpty();
    }

    /**
     * The answer of the tool {@code validate_tags} (G132).
     *
     * @return {@code {"valid": […], "aliases": {…}, "invalid": [{"tag", "suggestions"}], "blocked": […]}}
     */
    public JsonObject json() {
        return JsonObject.of(
                "valid",
                valid,
                "aliases",
                aliases,
                "invalid",
                invalid.stream()
                        .map(unknown -> JsonObject.of("tag", unknown.tag, "suggestions", unknown.suggestions))
                        .toList(),
                "blocked",
                blocked);
    }
}
