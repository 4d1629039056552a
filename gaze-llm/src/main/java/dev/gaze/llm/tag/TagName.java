package dev.gaze.llm.tag;

import java.util.Locale;
import java.util.regex.Pattern;

/** How names stand in a table: trimmed, lower case, {@code _} for blanks, and nothing else changed. */
final class TagName {
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private TagName() {}

    static String of(String written) {
        return BLANKS.matcher(written.strip().toLowerCase(Locale.ROOT)).replaceAll("_");
    }
}
