package dev.gaze.api.preset;

import java.util.Objects;

/**
 * One answer to a {@link PresetQuestion}.
 *
 * @param id names it within its question
 * @param name for people
 * @param description what it does; may be blank
 * @param recommended whether it is the usual answer
 */
public record PresetOption(String id, String name, String description, boolean recommended) {

    /** Checks that it has an id and a name. */
    public PresetOption {
        PresetCategory.requireNamed("option", id, name);
        Objects.requireNonNull(description, "description");
    }

    /**
     * Whether its file gives it as a bare text, which is its id and its name at once.
     *
     * @return false when the file tells more of it
     */
    public boolean isText() {
        return id.equals(name) && description.isEmpty() && !recommended;
    }
}
