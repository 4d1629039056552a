package dev.gaze.api.image;

import java.util.List;
import java.util.Objects;

/**
 * Names an image: its path relative to the uploads folder, with forward slashes.
 *
 * @param path such as {@code character/mira_vale/gen_1795210658.png}
 */
public record ImageId(String path) {

    /** Checks that the path stays below the uploads folder. */
    public ImageId {
        Objects.requireNonNull(path, "path");
        if (path.isBlank()
                || path.startsWith("/")
                || path.contains("\\")
                || path.indexOf('\0') >= 0
                || List.of(path.split("/", -1)).stream().anyMatch(part -> part.isEmpty() || part.equals(".."))) {
            throw new IllegalArgumentException(
                    "'%s' names no image below uploads; expected e.g. 'character/mira_vale/gen_1795210658.png'"
                            .formatted(path.replace('\0', '?')));
        }
    }

    /** The path. */
    @Override
    public String toString() {
        return path;
    }
}
