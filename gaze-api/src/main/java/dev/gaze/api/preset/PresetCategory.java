package dev.gaze.api.preset;

import java.util.Objects;

/**
 * Level 1 of the hierarchy (P8), such as photography.
 *
 * @param id names it within the hierarchy
 * @param name for people
 * @param icon a sign for it; may be blank
 * @param description what it is; may be blank
 * @param popularity how often it is chosen
 * @param bestFor what it suits; may be blank
 */
public record PresetCategory(
        String id, String name, String icon, String description, Popularity popularity, String bestFor) {

    /** Checks that it has an id and a name. */
    public PresetCategory {
        requireNamed("category", id, name);
        Objects.requireNonNull(icon, "icon");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(popularity, "popularity");
        Objects.requireNonNull(bestFor, "bestFor");
    }

    static void requireNamed(String what, String id, String name) {
        if (id.isBlank() || name.isBlank()) {
            throw new IllegalArgumentException(
                    "A preset %s needs an id and a name, got '%s' and '%s'".formatted(what, id, name));
        }
    }
}
