package dev.gaze.api.tag;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.NearestNames;
import dev.gaze.api.problem.Problem;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a list of tags numbers its categories.
 *
 * @param name the name of the scheme
 * @param names the name of each number
 */
public record TagCategories(String name, SortedMap<Integer, String> names) {
    /** The numbers of Danbooru. */
    public static final TagCategories DANBOORU = new TagCategories(
            "danbooru", new TreeMap<>(Map.of(0, "general", 1, "artist", 3, "copyright", 4, "character", 5, "meta")));

    /** The numbers of e621, where both -1 and 6 are invalid tags. */
    public static final TagCategories E621 = new TagCategories(
            "e621",
            new TreeMap<>(Map.of(
                    -1,
                    "invalid",
                    0,
                    "general",
                    1,
                    "artist",
                    3,
                    "copyright",
                    4,
                    "character",
                    5,
                    "species",
                    6,
                    "invalid",
                    7,
                    "meta",
                    8,
                    "lore")));

    /** The schemes that need no declaration. */
    public static final List<TagCategories> KNOWN = List.of(DANBOORU, E621);

    /** Checks the name and copies the names. */
    public TagCategories {
        if (Objects.requireNonNull(name, "name").isBlank()) {
            throw new IllegalArgumentException("A scheme of categories needs a name such as 'danbooru'");
        }
        names = Collections.unmodifiableSortedMap(new TreeMap<>(names));
    }

    /**
     * The known scheme of a name.
     *
     * @param name {@code danbooru} or {@code e621}, case is ignored
     * @return the scheme
     * @throws GazeException {@code NOT_FOUND} with the names of the known ones
     */
    public static TagCategories named(String name) {
        return KNOWN.stream()
                .filter(scheme -> scheme.name.equalsIgnoreCase(name.strip()))
                .findFirst()
                .orElseThrow(() -> new GazeException(
                        Kind.NOT_FOUND,
                        Problem.of("There is no numbering of tag categories named '%s'".formatted(name))
                                .fix(NearestNames.fix(
                                        name,
                                        KNOWN.stream().map(TagCategories::name).toList(),
                                        "numberings"))));
    }

    /**
     * The name of a category.
     *
     * @param number its number
     * @return its name; the number as text when the scheme does not know it
     */
    public String name(int number) {
        return names.getOrDefault(number, Integer.toString(number));
    }

    /**
     * Whether a tag of this category is one that somebody asks for.
     *
     * @param wanted the number or name that was asked for, case is ignored; null for any
     * @param number the category of the tag
     * @return true when it is
     */
    public boolean matches(@Nullable String wanted, int number) {
        return wanted == null || wanted.equals(Integer.toString(number)) || wanted.equalsIgnoreCase(name(number));
    }

    /**
     * Checks what somebody asks for.
     *
     * @param wanted the number or name of a category; null for any
     * @throws GazeException {@code INVALID} when the scheme has neither, with the names it has
     */
    public void require(@Nullable String wanted) {
        if (wanted == null || wanted.matches("[+-]?\\d{1,9}") || names.containsValue(wanted.toLowerCase(Locale.ROOT))) {
            return;
        }
        throw new GazeException(
                Kind.INVALID,
                Problem.of("There is no tag category '%s'".formatted(wanted))
                        .fix(NearestNames.fix(wanted, List.copyOf(names.values()), "categories")));
    }
}
