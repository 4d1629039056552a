package dev.gaze.core.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A prompt text taken apart at its commas and line feeds: tags, and groups of them in parentheses. Immutable.
 *
 * <p>{@link #text} joins the items with {@code ", "}. A group that lost nothing is written as it was, so taking a text
 * apart and joining it again changes only the blanks and empty items between commas.
 *
 * @param items tags and groups in reading order; never empty groups
 */
record TagList(List<Item> items) {
    /** Deeper groups are not taken apart but count as one tag; nobody writes them, and the stack stays small. */
    private static final int DEEPEST = 100;

    private static final TagList EMPTY = new TagList(List.of());

    /** What stands between two commas. */
    sealed interface Item {
        /** The item as text. */
        String text();
    }

    /** Anything that is not exactly one pair of parentheses; usually one tag. */
    record Leaf(String text) implements Item {}

    /**
     * Tags in one pair of parentheses.
     *
     * @param tags what is inside
     * @param weight the text behind the last colon when it is a number; null for the implied 1.1
     * @param text the group as it is written, parentheses included
     */
    record Group(TagList tags, @Nullable String weight, String text) implements Item {

        static Group of(TagList tags, @Nullable String weight) {
            String inside = tags.text();
            if (weight != null) {
                return new Group(tags, weight, "(" + inside + ":" + weight + ")");
            }
            // without its other members '(a:1, b)' would read as 'a' of weight 1: the comma keeps 'a:1' a tag
            boolean readsAsWeight = weightColon(inside, 0, inside.length()) >= 0;
            return new Group(tags, null, readsAsWeight ? "(" + inside + ",)" : "(" + inside + ")");
        }
    }

    TagList {
        items = List.copyOf(items);
    }

    static TagList parse(String text) {
        return split(text, Parentheses.partners(text), 0, text.length(), 0);
    }

    static TagList of(List<Item> items) {
        return items.isEmpty() ? EMPTY : new TagList(items);
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    /** The items joined with {@code ", "}. */
    String text() {
        if (items.size() == 1) {
            return items.get(0).text();
        }
        StringBuilder text = new StringBuilder();
        for (Item item : items) {
            if (text.length() > 0) {
                text.append(", ");
            }
            text.append(item.text());
        }
        return text.toString();
    }

    /** Visits the tags, those in groups included, from left to right. */
    void forEachLeaf(Consumer<String> visitor) {
        for (Item item : items) {
            if (item instanceof Group group) {
                group.tags.forEachLeaf(visitor);
            } else {
                visitor.accept(item.text());
            }
        }
    }

    /** Whether a tag passes the test. */
    boolean has(Predicate<String> test) {
        for (Item item : items) {
            if (item instanceof Group group ? group.tags.has(test) : test.test(item.text())) {
                return true;
            }
        }
        return false;
    }

    /** Those tags that pass the test, which sees them from left to right; groups are rebuilt, empty ones vanish. */
    TagList keep(Predicate<String> test) {
        List<Item> kept = new ArrayList<>(items.size());
        boolean changed = false;
        for (Item item : items) {
            Item left = item instanceof Group group ? kept(group, test) : test.test(item.text()) ? item : null;
            changed |= left != item;
            if (left != null) {
                kept.add(left);
            }
        }
        return changed ? of(kept) : this;
    }

    private static @Nullable Group kept(Group group, Predicate<String> test) {
        TagList tags = group.tags.keep(test);
        if (tags == group.tags) {
            return group;
        }
        return tags.isEmpty() ? null : Group.of(tags, group.weight);
    }

    /** Every tag rewritten and every group rebuilt; a tag that becomes blank vanishes, and so does an empty group. */
    TagList map(UnaryOperator<String> tag) {
        List<Item> mapped = new ArrayList<>(items.size());
        for (Item item : items) {
            if (item instanceof Group group) {
                TagList tags = group.tags.map(tag);
                if (!tags.isEmpty()) {
                    mapped.add(Group.of(tags, group.weight));
                }
            } else {
                String text = tag.apply(item.text());
                if (!text.isBlank()) {
                    mapped.add(text.equals(item.text()) ? item : new Leaf(text));
                }
            }
        }
        return of(mapped);
    }

    private static TagList split(String text, int[] partners, int from, int to, int depth) {
        List<Item> items = new ArrayList<>();
        int start = from;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '(' && partners[i] > i) {
                i = partners[i];
            } else if (c == ',' || c == '\n') {
                add(text, partners, start, i, depth, items);
                start = i + 1;
            }
        }
        add(text, partners, start, to, depth, items);
        return of(items);
    }

    private static void add(String text, int[] partners, int from, int to, int depth, List<Item> items) {
        int start = from;
        int end = to;
        while (start < end && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        if (start == end) {
            return;
        }
        boolean onePair = text.charAt(start) == '(' && partners[start] == end - 1;
        if (!onePair || depth == DEEPEST) {
            items.add(new Leaf(text.substring(start, end)));
            return;
        }
        int colon = weightColon(text, start + 1, end - 1);
        TagList tags = split(text, partners, start + 1, colon < 0 ? end - 1 : colon, depth + 1);
        if (!tags.isEmpty()) {
            String weight = colon < 0 ? null : text.substring(colon + 1, end - 1);
            items.add(new Group(tags, weight, text.substring(start, end)));
        }
    }

    /** The last colon of a group's inside when a weight follows it; -1 when the group has none. */
    private static int weightColon(String text, int from, int to) {
        int colon = text.lastIndexOf(':', to - 1);
        return colon > from && Weight.isNumber(text, colon + 1, to) ? colon : -1;
    }
}
