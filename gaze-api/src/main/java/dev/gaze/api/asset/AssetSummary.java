package dev.gaze.api.asset;

import org.jspecify.annotations.Nullable;

/**
 * A line of a list of assets: enough to show and choose it, without its content.
 *
 * @param key its category and slug
 * @param name the name people see
 * @param file the name of its file; null for an asset without one
 * @param cover its cover, relative to the uploads folder; null when there is none
 */
public record AssetSummary(
        AssetKey key,
        String name,
        @Nullable String file,
        @Nullable String cover) {

    /**
     * The slug of the asset.
     *
     * @return its name within the category
     */
    public String slug() {
        return key.slug();
    }

    /** {@code outfit/raincoat  Yellow Raincoat}. */
    @Override
    public String toString() {
        return key + "  " + name;
    }
}
