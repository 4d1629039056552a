package dev.gaze.api.template;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * One wildcard file (D29).
 *
 * @param name its path below its root without extension, as templates write it: {@code hue/warm}
 * @param kind how it is written
 * @param file where it lies
 * @param categories the lists in it by their key paths ({@code place/indoor}); empty for a file that is one list
 * @param templates how many entries stand under its {@code templates}, 0 without
 * @param entries how many entries it has altogether
 */
public record Wildcard(String name, Kind kind, Path file, List<String> categories, long templates, long entries) {

    /** How a wildcard file is written. */
    public enum Kind {
        /** One entry a line; may be larger than memory. */
        TEXT,
        /** Lists under keys, or one list. */
        YAML,
        /** The same as JSON. */
        JSON
    }

    /** Copies the list. */
    public Wildcard {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(file, "file");
        categories = List.copyOf(categories);
    }
}
