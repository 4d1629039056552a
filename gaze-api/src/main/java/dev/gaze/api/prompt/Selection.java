package dev.gaze.api.prompt;

import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.asset.AssetState;
import dev.gaze.api.asset.FieldAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to see, by name. Immutable: every call returns a changed copy.
 *
 * @param assets the chosen assets in order of choice; the first of each category is merged with the subject, further
 *     ones go to the extras
 * @param madeFor the asset the picture is made for; null for a free mix. It is one of {@code assets}, decides where the
 *     image is filed, and brings the habits of its category: plain background, essential fields of the subject
 * @param fields the selected fields; empty means the default fields of the asset the picture is made for (or of the
 *     subject), and if those are empty too, all (G22). Selected fields rule every merged asset, default fields that
 *     asset and the subject: what else was chosen is written whole. Extras are never ruled
 * @param outfit the outfit of the subject's own wardrobe; null for the active one
 * @param plus words to add at the end of the main prompt; blank for none
 * @param negative words to add to the negative; blank for none
 * @param match how positive and negative tags are compared when they cancel
 */
public record Selection(
        List<AssetKey> assets,
        @Nullable AssetKey madeFor,
        List<FieldAddress> fields,
        @Nullable String outfit,
        String plus,
        String negative,
        Match match) {
    /** Nothing chosen. */
    public static final Selection NOTHING = new Selection(List.of(), null, List.of(), null, "", "", Match.TAG);

    /** Copies the lists and checks that {@code madeFor} is among the assets. */
    public Selection {
        assets = List.copyOf(assets);
        fields = List.copyOf(fields);
        outfit = outfit == null || outfit.isBlank() ? null : outfit;
        Objects.requireNonNull(plus, "plus");
        Objects.requireNonNull(negative, "negative");
        Objects.requireNonNull(match, "match");
        if (madeFor != null && !assets.contains(madeFor)) {
            throw new IllegalArgumentException("The picture is made for %s, which is not chosen".formatted(madeFor));
        }
    }

    /**
     * A picture made for one asset: its cover, or a look at it.
     *
     * @param category the name of its category
     * @param slug its slug
     * @return the selection
     */
    public static Selection of(String category, String slug) {
        AssetKey key = new AssetKey(category, slug);
        return new Selection(List.of(key), key, List.of(), null, "", "", Match.TAG);
    }

    /**
     * With one more asset.
     *
     * @param category the name of its category
     * @param slug its slug
     * @return a changed copy
     */
    public Selection with(String category, String slug) {
        List<AssetKey> more = new ArrayList<>(assets);
        more.add(new AssetKey(category, slug));
        return new Selection(more, madeFor, fields, outfit, plus, negative, match);
    }

    /**
     * With these fields only.
     *
     * @param addresses {@code section::key}, such as {@code identity::hair}
     * @return a changed copy
     */
    public Selection only(String... addresses) {
        return only(Arrays.stream(addresses).map(FieldAddress::parse).toList());
    }

    /**
     * With these fields only.
     *
     * @param addresses the fields; empty means all
     * @return a changed copy
     */
    public Selection only(List<FieldAddress> addresses) {
        return new Selection(assets, madeFor, addresses, outfit, plus, negative, match);
    }

    /**
     * Wearing another outfit of the subject's own wardrobe.
     *
     * @param outfit its name; null for the active one
     * @return a changed copy
     */
    public Selection wearing(@Nullable String outfit) {
        return new Selection(assets, madeFor, fields, outfit, plus, negative, match);
    }

    /**
     * With words added to the main prompt, behind those added before.
     *
     * @param words tags, separated by commas
     * @return a changed copy
     */
    public Selection plus(String words) {
        return new Selection(assets, madeFor, fields, outfit, joined(plus, words), negative, match);
    }

    /**
     * With words added to the negative, behind those added before.
     *
     * @param words tags, separated by commas
     * @return a changed copy
     */
    public Selection negative(String words) {
        return new Selection(assets, madeFor, fields, outfit, plus, joined(negative, words), match);
    }

    /**
     * With another comparison of tags.
     *
     * @param match when tags cancel
     * @return a changed copy
     */
    public Selection match(Match match) {
        return new Selection(assets, madeFor, fields, outfit, plus, negative, match);
    }

    /**
     * What is remembered of this choice with one of its assets, once a picture was made (G151).
     *
     * @param of the asset that remembers
     * @param preview the picture, relative to the uploads folder; null for none
     * @return the choice as it was asked for: {@code __random__} stays {@code __random__}
     */
    public AssetState.LastUsed lastUsed(AssetKey of, @Nullable String preview) {
        return new AssetState.LastUsed(
                fields,
                preview,
                chosenBeside(of, "character"),
                chosenBeside(of, "action"),
                plus.isBlank() ? null : plus,
                negative.isBlank() ? null : negative);
    }

    private @Nullable String chosenBeside(AssetKey of, String category) {
        return assets.stream()
                .filter(asset -> asset.category().equals(category) && !asset.equals(of))
                .map(AssetKey::slug)
                .findFirst()
                .orElse(null);
    }

    private static String joined(String before, String words) {
        return before.isBlank() ? words.strip() : before + ", " + words.strip();
    }
}
