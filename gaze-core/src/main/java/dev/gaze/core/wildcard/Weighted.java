package dev.gaze.core.wildcard;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An entry and how much it weighs: {@code 2::navy}.
 *
 * @param text the entry without its weight, trimmed
 * @param weight 0 or more; 1 when nothing is said
 */
record Weighted(String text, double weight) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,15}(?:\\.\\d{0,15})?|\\.\\d{1,15})::");

    /** Reads a line or an item. */
    static Weighted of(String written) {
        String text = written.strip();
        char first = text.isEmpty() ? ' ' : text.charAt(0);
        if (first == '.' || first >= '0' && first <= '9') {
            Matcher form = FORM.matcher(text);
            if (form.lookingAt()) {
                return new Weighted(text.substring(form.end()).strip(), Double.parseDouble(form.group(1)));
            }
        }
        return new Weighted(text, 1);
    }
}
