package dev.gaze.api.preset;

import java.util.Objects;

/**
 * Level 2 of the hierarchy (P9), such as landscape photography.
 *
 * @param id names it within its category
 * @param name for people
 * @param icon a sign for it; may be blank
 * @param description what it is; may be blank
 * @param popularity how often it is chosen
 * @param bestFor what it suits; may be blank
 */
public record PresetType(
        String id, String name, String icon, String description, Popularity popularity, String bestFor) {

    /** Checks that it has an id and a name. */
    public PresetType {
        PresetCategory.requireNamed("type", id, name);
        Objects.requireNonNull(icon, "icon");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(popularity, "popularity");
        Objects.requireNonNull(bestFor, "bestFor");
    }
}
