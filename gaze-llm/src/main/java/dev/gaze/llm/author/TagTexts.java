package dev.gaze.llm.author;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds the tags in a text: what stands between commas and line feeds, within groups such as {@code (tag, tag:1.2)} too.
 * Parentheses within a tag, as in {@code saber_(fate)}, belong to it; one without a partner is a character like others.
 */
final class TagTexts {
    private static final Pattern WEIGHT = Pattern.compile("\\s*[+-]?(\\d+\\.?\\d*|\\.\\d+)\\s*");
    /** Deeper groups count as one tag; nobody writes them. */
    private static final int DEEPEST = 20;

    private final String text;
    /** For each opening parenthesis where it closes; 0 for everything else. */
    private final int[] closing;

    private final List<Span> found = new ArrayList<>();

    /**
     * A tag and where it stands.
     *
     * @param start its first character
     * @param end behind its last one
     */
    record Span(int start, int end) {
        String in(String text) {
            return text.substring(start, end);
        }
    }

    private TagTexts(String text) {
        this.text = text;
        closing = partners(text);
    }

    /** The places of the tags, in reading order. */
    static List<Span> in(String text) {
        TagTexts texts = new TagTexts(text);
        texts.split(0, text.length(), 0);
        return texts.found;
    }

    private static int[] partners(String text) {
        int[] closing = new int[text.length()];
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++; // what is escaped is no parenthesis
            } else if (c == '(') {
                open.push(i);
            } else if (c == ')' && !open.isEmpty()) {
                closing[open.pop()] = i;
            }
        }
        return closing;
    }

    private void split(int from, int to, int depth) {
        int start = from;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (closing[i] > 0) {
                i = closing[i];
            } else if (c == ',' || c == '\n') {
                item(start, i, depth);
                start = i + 1;
            }
        }
        item(start, to, depth);
    }

    private void item(int from, int to, int depth) {
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
        if (depth < DEEPEST && closing[start] > 0 && closing[start] == end - 1) {
            split(start + 1, withoutWeight(start + 1, end - 1), depth + 1);
        } else {
            found.add(new Span(start, end));
        }
    }

    private int withoutWeight(int from, int to) {
        int colon = text.lastIndexOf(':', to - 1);
        return colon > from && WEIGHT.matcher(text.substring(colon + 1, to)).matches() ? colon : to;
    }
}
