package dev.gaze.core.prompt;

import java.util.ArrayList;
import java.util.List;

/**
 * How field values are written as tags: Danbooru's underscores become blanks, its qualifiers are escaped
 * ({@code saber_(fate)} becomes {@code saber \(fate\)}), emphasis stays, and no parenthesis is left that would spoil the
 * groups behind it.
 */
final class TagText {
    private TagText() {}

    /** The tags of a field value. */
    static TagList field(String value) {
        return tidy(TagList.parse(value).map(TagText::tag));
    }

    /** The tags of a name, in which every parenthesis is part of the name. */
    static TagList name(String value) {
        return TagList.parse(Parentheses.escapeAll(value)).map(TagText::tag);
    }

    /** One tag. */
    static String tag(String leaf) {
        if (leaf.startsWith("embedding:") || leaf.startsWith("<lora:")) {
            return Parentheses.escapeUnpaired(leaf);
        }
        boolean underscores = leaf.indexOf('_') >= 0 && !isEmoticon(leaf);
        int[] partners = Parentheses.partners(leaf);
        if (!underscores && partners.length == 0) {
            return leaf;
        }
        StringBuilder tag = new StringBuilder(leaf.length() + 4);
        for (int i = 0; i < leaf.length(); i++) {
            char c = leaf.charAt(i);
            if (partners.length > 0 && Parentheses.isActive(leaf, i) && !isEmphasis(leaf, partners[i], i)) {
                tag.append('\\');
            }
            tag.append(underscores && c == '_' ? ' ' : c);
        }
        return tag.toString().strip();
    }

    /** A parenthesis is emphasis when it has a partner and its pair does not directly follow an underscore. */
    private static boolean isEmphasis(String leaf, int partner, int at) {
        int open = Math.min(at, partner);
        return partner >= 0 && (open == 0 || leaf.charAt(open - 1) != '_');
    }

    /** Without two letters or digits in a row it is a face, such as {@code ^_^}, and its underscores are its mouth. */
    private static boolean isEmoticon(String leaf) {
        for (int i = 1; i < leaf.length(); i++) {
            if (isAsciiLetterOrDigit(leaf.charAt(i)) && isAsciiLetterOrDigit(leaf.charAt(i - 1))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAsciiLetterOrDigit(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    /**
     * Weights with at most two decimals, and weight 1 without parentheses. Only outer groups lose theirs: the 1 of
     * {@code ((a:1), b:1.2)} says that {@code a} is not weighted like {@code b}.
     */
    private static TagList tidy(TagList tags) {
        boolean grouped = false;
        for (TagList.Item item : tags.items()) {
            grouped |= item instanceof TagList.Group;
        }
        if (!grouped) {
            return tags;
        }
        List<TagList.Item> items = new ArrayList<>();
        for (TagList.Item item : tags.items()) {
            if (item instanceof TagList.Group group) {
                TagList.Group written = tidy(group);
                if ("1".equals(written.weight())) {
                    items.addAll(tidy(written.tags()).items());
                } else {
                    items.add(written);
                }
            } else {
                items.add(item);
            }
        }
        return TagList.of(items);
    }

    private static TagList.Group tidy(TagList.Group group) {
        List<TagList.Item> items = new ArrayList<>();
        for (TagList.Item item : group.tags().items()) {
            items.add(item instanceof TagList.Group inner ? tidy(inner) : item);
        }
        String weight = group.weight();
        return TagList.Group.of(TagList.of(items), weight == null ? null : Weight.written(weight));
    }
}
