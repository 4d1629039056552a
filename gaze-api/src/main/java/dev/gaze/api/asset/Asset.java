package dev.gaze.api.asset;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One asset as it was read: a character, an outfit, a pose. A snapshot; reading it again gives the newer one.
 *
 * @param key its category and slug
 * @param id the id in its file, or the file's name without extension when the file names none (G8)
 * @param name the name people see; the id when the file names none
 * @param file the name of its file within the folder of its category; null for an asset that is not on disk, such as a
 *     checkpoint without a JSON file (G78) or one made by hand for a preview
 * @param data the content of the file
 * @param state what GAZE keeps beside the file
 * @param hash identifies the content it was read with; a change is refused when the file holds something newer. Blank
 *     when not on disk
 */
public record Asset(
        AssetKey key, String id, String name, @Nullable String file, AssetData data, AssetState state, String hash) {

    /** Checks that nothing is missing. */
    public Asset {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(hash, "hash");
    }

    /**
     * An asset that is not on disk, for previews and tests.
     *
     * @param category the category it is read as
     * @param id its id; the slug follows from it
     * @param data its content
     * @return the asset, with the name its data gives and an empty state
     */
    public static Asset unsaved(Category category, String id, AssetData data) {
        String name = data.json()
                .text(category.nameKey())
                .filter(text -> !text.isBlank())
                .orElse(id);
        return new Asset(new AssetKey(category.id(), category.slug(id)), id, name, null, data, AssetState.EMPTY, "");
    }

    /** A readable block: key, name, file, state, data. */
    @Override
    public String toString() {
        return key + "  " + name + (file == null ? "  (no file)" : "  " + file)
                + (state.equals(AssetState.EMPTY) ? "" : "\n  state " + state) + "\n  " + data;
    }
}
