package dev.gaze.core.prompt;

import java.util.Locale;

/** What two spellings of one tag have in common. */
final class TagKey {
    private TagKey() {}

    /** The tag in lower case, parentheses without backslash, underscores as blanks, single blanks. */
    static String of(String leaf) {
        if (isPlain(leaf)) {
            return leaf;
        }
        StringBuilder key = new StringBuilder(leaf.length());
        boolean blank = true; // so that leading blanks vanish
        for (int i = 0; i < leaf.length(); i++) {
            char c = leaf.charAt(i);
            boolean escapes =
                    c == '\\' && i + 1 < leaf.length() && (leaf.charAt(i + 1) == '(' || leaf.charAt(i + 1) == ')');
            if (escapes) {
                continue;
            }
            if (c == '_' || Character.isWhitespace(c)) {
                if (!blank) {
                    key.append(' ');
                }
                blank = true;
            } else {
                key.append(c);
                blank = false;
            }
        }
        return key.toString().stripTrailing().toLowerCase(Locale.ROOT);
    }

    private static boolean isPlain(String leaf) {
        boolean blank = true;
        for (int i = 0; i < leaf.length(); i++) {
            char c = leaf.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '+' || c == ' ' && !blank;
            if (!plain) {
                return false;
            }
            blank = c == ' ';
        }
        return !blank;
    }
}
