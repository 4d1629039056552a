package dev.gaze.api.asset;

import dev.gaze.api.json.JsonObject;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What GAZE keeps about an asset that its file has no place for. Lives in {@code .state/<slug>.json} beside the file.
 *
 * @param cover the cover image, relative to the uploads folder with forward slashes; null when there is none
 * @param defaultFields the fields used when a request selects none; empty means all (G22)
 * @param outfit the outfit of the asset's own wardrobe that is active; null means {@code default}
 * @param lastUsed what was chosen the last time a picture was made of it (G151)
 * @param more keys of the file that GAZE does not know; they survive every change
 */
public record AssetState(
        @Nullable String cover,
        List<FieldAddress> defaultFields,
        @Nullable String outfit,
        LastUsed lastUsed,
        JsonObject more) {
    /** Nothing kept. */
    public static final AssetState EMPTY = new AssetState(null, List.of(), null, LastUsed.NOTHING, JsonObject.empty());

    /** Copies the list; blank texts become null (a blank cover counts as none). */
    public AssetState {
        cover = cover == null || cover.isBlank() ? null : cover;
        outfit = outfit == null || outfit.isBlank() ? null : outfit;
        defaultFields = List.copyOf(defaultFields);
        Objects.requireNonNull(lastUsed, "lastUsed");
        Objects.requireNonNull(more, "more");
    }

    /**
     * This state with another cover.
     *
     * @param cover relative to the uploads folder; null for none
     * @return a changed copy
     */
    public AssetState withCover(@Nullable String cover) {
        return new AssetState(cover, defaultFields, outfit, lastUsed, more);
    }

    /**
     * This state with other default fields.
     *
     * @param fields the fields; empty means all
     * @return a changed copy
     */
    public AssetState withDefaultFields(List<FieldAddress> fields) {
        return new AssetState(cover, fields, outfit, lastUsed, more);
    }

    /**
     * This state with another active outfit.
     *
     * @param outfit a name in the asset's wardrobe; null for {@code default}
     * @return a changed copy
     */
    public AssetState withOutfit(@Nullable String outfit) {
        return new AssetState(cover, defaultFields, outfit, lastUsed, more);
    }

    /**
     * This state with other last-used choices.
     *
     * @param lastUsed the choices
     * @return a changed copy
     */
    public AssetState withLastUsed(LastUsed lastUsed) {
        return new AssetState(cover, defaultFields, outfit, lastUsed, more);
    }

    /**
     * What was chosen the last time (G151).
     *
     * @param fields the selected fields
     * @param preview the last image, relative to the uploads folder; null for none
     * @param character a slug, or {@code __random__}; null for none
     * @param action a slug; null for none
     * @param extraPositive words that were added; null for none
     * @param extraNegative words that were added to the negative; null for none
     */
    public record LastUsed(
            List<FieldAddress> fields,
            @Nullable String preview,
            @Nullable String character,
            @Nullable String action,
            @Nullable String extraPositive,
            @Nullable String extraNegative) {
        /** Nothing was used yet. */
        public static final LastUsed NOTHING = new LastUsed(List.of(), null, null, null, null, null);

        /** Copies the list. */
        public LastUsed {
            fields = List.copyOf(fields);
        }
    }
}
