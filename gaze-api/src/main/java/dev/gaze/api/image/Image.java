package dev.gaze.api.image;

import dev.gaze.api.asset.AssetKey;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An image on disk, or another file that a workflow made in place of one, such as a video.
 *
 * @param id its name within the library
 * @param file its absolute path
 * @param filedUnder the asset it was made for; null for a picture of nothing but words
 * @param width in pixels; 0 when the file does not tell
 * @param height in pixels; 0 when the file does not tell
 * @param made when it was filed
 */
public record Image(ImageId id, Path file, @Nullable AssetKey filedUnder, int width, int height, Instant made) {

    /** Checks that nothing is missing. */
    public Image {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(made, "made");
    }

    /** {@code character/mira_vale/gen_1795210658.png 832x1216}. */
    @Override
    public String toString() {
        return id + " " + width + "x" + height;
    }
}
