package dev.gaze.api.tag;

import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a library says about tags.
 *
 * @param file the list to use; null for the one that ships with GAZE. The setting {@code tags} of {@code gaze.json}, or
 *     else the environment variable {@code GAZE_TAGS}
 * @param categories how that list numbers its categories; the setting {@code tagCategories} of {@code gaze.json}
 * @param blocked whether a name is one of the deny list, and must not be told
 */
public record TagSettings(@Nullable Path file, TagCategories categories, Predicate<String> blocked) {
    /** The environment variable that names a list. */
    public static final String VARIABLE = "GAZE_TAGS";

    /** Checks that everything is there. */
    public TagSettings {
        Objects.requireNonNull(categories, "categories");
        Objects.requireNonNull(blocked, "blocked");
    }
}
