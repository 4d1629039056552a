package dev.gaze.api.backend;

import java.util.Objects;

/**
 * Names a connected server.
 *
 * @param name its address without credentials, or the name its settings give it
 */
public record BackendId(String name) {

    /** Checks that there is a name. */
    public BackendId {
        if (Objects.requireNonNull(name, "name").isBlank()) {
            throw new IllegalArgumentException("A backend needs a name, such as its address");
        }
    }

    /** The name. */
    @Override
    public String toString() {
        return name;
    }
}
