package dev.gaze.core.prompt;

import java.util.Arrays;

/** Which parentheses of a text belong together, as ComfyUI reads it: {@code \(} and {@code \)} are plain characters. */
final class Parentheses {
    private static final int[] NONE = {};

    private Parentheses() {}

    /**
     * Finds the partner of every parenthesis.
     *
     * @return for each character the index of its partner, -1 for whatever has none; empty when the text has no
     *     parentheses at all
     */
    static int[] partners(String text) {
        if (text.indexOf('(') < 0 && text.indexOf(')') < 0) {
            return NONE;
        }
        int[] partners = new int[text.length()];
        int[] open = new int[text.length()];
        int depth = 0;
        Arrays.fill(partners, -1);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '(' && !escaped(text, i)) {
                open[depth++] = i;
            } else if (c == ')' && depth > 0 && !escaped(text, i)) {
                int start = open[--depth];
                partners[start] = i;
                partners[i] = start;
            }
        }
        return partners;
    }

    /** Whether the character is a parenthesis without a backslash in front. */
    static boolean isActive(String text, int at) {
        char c = text.charAt(at);
        return (c == '(' || c == ')') && !escaped(text, at);
    }

    /** The text with a backslash in front of every parenthesis that has no partner, so that it spoils no other group. */
    static String escapeUnpaired(String text) {
        int[] partners = partners(text);
        if (partners.length == 0) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 4);
        for (int i = 0; i < text.length(); i++) {
            if (partners[i] < 0 && isActive(text, i)) {
                escaped.append('\\');
            }
            escaped.append(text.charAt(i));
        }
        return escaped.toString();
    }

    /** The text with a backslash in front of every parenthesis that has none yet. */
    static String escapeAll(String text) {
        if (text.indexOf('(') < 0 && text.indexOf(')') < 0) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 4);
        for (int i = 0; i < text.length(); i++) {
            if (isActive(text, i)) {
                escaped.append('\\');
            }
            escaped.append(text.charAt(i));
        }
        return escaped.toString();
    }

    private static boolean escaped(String text, int at) {
        return at > 0 && text.charAt(at - 1) == '\\';
    }
}
