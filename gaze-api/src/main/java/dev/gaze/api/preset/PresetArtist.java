package dev.gaze.api.preset;

import java.util.Objects;

/**
 * Level 3 of the hierarchy (P10): somebody whose manner a picture may take up.
 *
 * @param id names it within its type
 * @param name for people
 * @param description who this is; may be blank
 * @param signature what gives the work away; may be blank
 * @param popularity how often it is chosen
 * @param bestFor what it suits; may be blank
 * @param hasTechnical whether there are technical options (level 4)
 * @param hasSpecifics whether there are scene specifics (level 5)
 */
public record PresetArtist(
        String id,
        String name,
        String description,
        String signature,
        Popularity popularity,
        String bestFor,
        boolean hasTechnical,
        boolean hasSpecifics) {

    /** Checks that it has an id and a name. */
    public PresetArtist {
        PresetCategory.requireNamed("artist", id, name);
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(signature, "signature");
        Objects.requireNonNull(popularity, "popularity");
        Objects.requireNonNull(bestFor, "bestFor");
    }
}
