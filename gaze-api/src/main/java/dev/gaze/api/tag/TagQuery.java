package dev.gaze.api.tag;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is looked for in a catalogue. Immutable: every call returns a changed copy.
 *
 * <pre>{@code
 * catalogue.search(TagQuery.of("long").limit(3).in("general"))
 * }</pre>
 *
 * @param text the beginning of a name, as people type it: case, blanks and {@code \(} are read as {@link Tag#spelled}
 *     says; blank finds the tags used most
 * @param limit how many hits at most, 1 … {@value #MOST}
 * @param category only tags of this category, by its number or name in the catalogue's scheme; null for all
 */
public record TagQuery(String text, int limit, @Nullable String category) {
    /** How many hits are given when nothing else is said. */
    public static final int USUAL = 10;

    /** How many hits can be asked for. */
    public static final int MOST = 1_000;

    /** Checks the limit; a blank category becomes null. */
    public TagQuery {
        Objects.requireNonNull(text, "text");
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("Limit must be between 1 and %d, got %d".formatted(MOST, limit));
        }
        category = category == null || category.isBlank() ? null : category.strip();
    }

    /**
     * Looks for up to {@value #USUAL} tags of any category.
     *
     * @param text the beginning of a name
     * @return the query
     */
    public static TagQuery of(String text) {
        return new TagQuery(text, USUAL, null);
    }

    /**
     * With more or fewer hits.
     *
     * @param limit 1 … {@value #MOST}
     * @return a changed copy
     */
    public TagQuery limit(int limit) {
        return new TagQuery(text, limit, category);
    }

    /**
     * Within one category.
     *
     * @param category its number or name; null for all
     * @return a changed copy
     */
    public TagQuery in(@Nullable String category) {
        return new TagQuery(text, limit, category);
    }
}
