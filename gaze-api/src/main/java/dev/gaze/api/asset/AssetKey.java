package dev.gaze.api.asset;

import java.util.Objects;

/**
 * Names one asset.
 *
 * @param category the name of its category, such as {@code outfit}; not blank
 * @param slug its name within the category: ASCII letters, digits and {@code _}, case counts; not blank (G7)
 */
public record AssetKey(String category, String slug) implements Comparable<AssetKey> {

    /** Checks that both parts are there. */
    public AssetKey {
        if (Objects.requireNonNull(category, "category").isBlank()) {
            throw new IllegalArgumentException("The category of an asset key is blank; expected e.g. 'outfit'");
        }
        if (Objects.requireNonNull(slug, "slug").isBlank()) {
            throw new IllegalArgumentException("The slug of an asset key is blank; expected e.g. 'raincoat'");
        }
    }

    @Override
    public int compareTo(AssetKey other) {
        int byCategory = category.compareTo(other.category);
        return byCategory != 0 ? byCategory : slug.compareTo(other.slug);
    }

    /** {@code outfit/raincoat}. */
    @Override
    public String toString() {
        return category + "/" + slug;
    }
}
