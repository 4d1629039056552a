package dev.gaze.api.template;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;

/**
 * One state of a wildcard file (D51). The file itself is the latest; older ones lie in {@code .state} beside it.
 *
 * @param name the file below its root, with extension: {@code hue/warm.txt}
 * @param version from 1 upwards, in the order of saving
 * @param created when this text was saved
 * @param current whether this is the file itself
 * @param file where this text lies
 */
public record WildcardVersion(String name, int version, Instant created, boolean current, Path file) {

    /** Checks the number. */
    public WildcardVersion {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(file, "file");
        if (version < 1) {
            throw new IllegalArgumentException("Versions count from 1; got " + version);
        }
    }

    /**
     * What tells this version from all others of the library.
     *
     * @return {@code hue/warm.txt@3}
     */
    public String id() {
        return name + "@" + version;
    }
}
