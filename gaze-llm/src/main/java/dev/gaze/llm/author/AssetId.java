package dev.gaze.llm.author;

import dev.gaze.api.asset.AssetRepository;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Ids of assets that nobody has chosen by hand. */
final class AssetId {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern OTHERS = Pattern.compile("[^a-z0-9]+");
    /** What tags of characters consist of, but for what no disk accepts in names of files. */
    private static final Pattern NO_TAG = Pattern.compile("[^a-z0-9_().!'+-]+");

    private static final Pattern LETTER = Pattern.compile("[a-z0-9]");
    private static final Pattern ENDS = Pattern.compile("^_+|_+$");
    private static final int LONGEST = 80;

    private AssetId() {}

    /** A text as an id: lower case letters, digits and single {@code _}; {@code Zoë  (winter)} is {@code zoe_winter}. */
    static String plain(String text) {
        return of(text, OTHERS);
    }

    /** An id somebody chose: it may be a tag, such as {@code saber_(fate)}. Empty when it has no letter and no digit. */
    static String kept(String id) {
        String kept = of(id.replace("\\(", "(").replace("\\)", ")"), NO_TAG);
        return LETTER.matcher(kept).find() ? kept : "";
    }

    private static String of(String text, Pattern others) {
        String letters = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
        String id = others.matcher(letters).replaceAll("_");
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
