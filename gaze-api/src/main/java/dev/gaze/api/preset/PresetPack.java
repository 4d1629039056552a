package dev.gaze.api.preset;

import java.util.Objects;

/**
 * A named selection to begin with (P11).
 *
 * @param id names it among the packs
 * @param name for people
 * @param icon a sign for it; may be blank
 * @param description what comes of it; may be blank
 * @param selections what it chooses
 */
public record PresetPack(
        String id, String name, String icon, String description, PresetSelection.Hierarchical selections) {

    /** Checks that it has an id and a name. */
    public PresetPack {
        PresetCategory.requireNamed("pack", id, name);
        Objects.requireNonNull(icon, "icon");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(selections, "selections");
    }
}
