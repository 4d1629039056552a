package dev.gaze.core.asset;

import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.asset.AssetSummary;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A line of the index: what is known of an asset without its content. A hundred thousand of them are held at once, so
 * texts that are equal should be the same object.
 *
 * @param slug its name within the category
 * @param id the id in its file
 * @param name the name people see
 * @param file the name of its file; null for an asset without one
 * @param stamp what the file looked like when it was read
 * @param hash its content
 * @param tags its tags in lower case, for the search
 * @param model the model file it names, with forward slashes; blank for none
 * @param sidecar what is kept beside the file; null when nothing is
 */
record Entry(
        String slug,
        String id,
        String name,
        @Nullable String file,
        FileStamp stamp,
        ContentHash hash,
        String tags,
        String model,
        @Nullable Sidecar sidecar) {

    /**
     * What is known of a sidecar without its content.
     *
     * @param stamp what it looked like when it was read
     * @param hash its content
     * @param cover the cover it names; null for none
     */
    record Sidecar(
            FileStamp stamp, ContentHash hash, @Nullable String cover) {}

    @Nullable
    String cover() {
        return sidecar == null ? null : sidecar.cover;
    }

    Entry with(@Nullable Sidecar sidecar) {
        return new Entry(slug, id, name, file, stamp, hash, tags, model, sidecar);
    }

    /** Whether a reader would see a difference; how the files look from outside does not matter. */
    boolean sameContent(Entry other) {
        return hash.equals(other.hash)
                && Objects.equals(file, other.file)
                && sidecarHash().equals(other.sidecarHash());
    }

    private ContentHash sidecarHash() {
        return sidecar == null ? ContentHash.NONE : sidecar.hash;
    }

    boolean matches(String[] lowerCaseWords) {
        String text = null;
        for (String word : lowerCaseWords) {
            if (text == null) {
                text = (name + '\n' + id + '\n').toLowerCase(Locale.ROOT) + tags;
            }
            if (!text.contains(word)) {
                return false;
            }
        }
        return true;
    }

    AssetSummary summary(String category) {
        return new AssetSummary(new AssetKey(category, slug), name, file, cover());
    }
}
