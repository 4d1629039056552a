package dev.gaze.llm.author;

import dev.gaze.api.asset.AssetRepository;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Ids of assets that nobody has chosen by hand. */
final class AssetId {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern OTHERS = Pattern.compile("[^a-z0-9]+");
    private static final Pattern ENDS = Pattern.compile("^_+|_+$");
    private static final int LONGEST = 80;

    private AssetId() {}

    /** A text as an id: lower case letters, digits and single {@code _}; {@code Zoë  (winter)} is {@code zoe_winter}. */
    static String plain(String text) {
        String letters = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
        String id = OTHERS.matcher(letters).replaceAll("_");
        return ENDS.matcher(id.substring(0, Math.min(id.length(), LONGEST))).replaceAll("");
    }

    /** The name of a file as an id, without folders and extension. */
    static String ofFile(String file) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        String id = plain(dot > 0 ? name.substring(0, dot) : name);
        return id.isEmpty() ? "asset" : id; // a name of foreign letters alone
    }

    /** The id, or the next one behind it whose slug is free: {@code raincoat_02}. */
    static String free(String id, AssetRepository assets) {
        String free = id;
        for (int number = 2; assets.find(assets.category().slug(free)).isPresent(); number++) {
            free = id + "_%02d".formatted(number);
        }
        return free;
    }
}
