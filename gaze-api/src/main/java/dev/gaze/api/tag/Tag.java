package dev.gaze.api.tag;

import dev.gaze.api.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A tag of a catalogue.
 *
 * @param name its canonical name: lower case, {@code _} for blanks, plain parentheses, such as {@code saber_(fate)}
 * @param category the number of its category, in the scheme of its catalogue ({@link TagCategories})
 * @param categoryName the name of that category, such as {@code general}
 * @param count how many pictures carry it; 0 when nobody counted
 * @param aliases other names that lead to it; an alias that is the name of another tag, or that leads to a tag with a
 *     higher count, is not among them
 */
public record Tag(String name, int category, String categoryName, long count, List<String> aliases) {
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern WEIGHT = Pattern.compile("\\s*[+-]?(\\d+\\.?\\d*|\\.\\d+)\\s*");
    private static final String OPENING = "([{";
    private static final String CLOSING = ")]}";

    /** Checks the name and copies the aliases. */
    public Tag {
        if (Objects.requireNonNull(name, "name").isBlank()) {
            throw new IllegalArgumentException("A tag needs a name such as 'long_hair'; this one is blank");
        }
        Objects.requireNonNull(categoryName, "categoryName");
        if (count < 0) {
            throw new IllegalArgumentException("Tag '%s' has count %d; expected 0 or more".formatted(name, count));
        }
        aliases = List.copyOf(aliases);
    }

    /**
     * A tag as it is written in prompts, as catalogues spell it: trimmed, lower case, {@code _} for blanks, {@code \(}
     * and {@code \)} as plain parentheses. Weights and groups stay: they may belong to the name.
     *
     * @param written such as {@code Saber \(Fate\)}
     * @return such as {@code saber_(fate)}; empty when nothing is left
     */
    public static String spelled(String written) {
        String text = written.strip().toLowerCase(Locale.ROOT);
        if (text.indexOf('\\') >= 0) {
            text = text.replace("\\(", "(").replace("\\)", ")");
        }
        return isOneWord(text) ? text : BLANKS.matcher(text).replaceAll("_");
    }

    private static boolean isOneWord(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) > 127) {
                return false;
            }
        }
        return true;
    }

    /**
     * A tag as catalogues spell it, without the weight and the groups around it: {@code ((long hair):1.2)} is
     * {@code long_hair}, {@code (saber \(fate\):1.1)} is {@code saber_(fate)}. Only brackets around the whole text are
     * groups, and only unescaped ones.
     *
     * @param written as it stands in a prompt
     * @return the bare name; empty when nothing is left
     */
    public static String bare(String written) {
        String text = withoutWeight(written.strip());
        while (isGroup(text)) {
            text = withoutWeight(text.substring(1, text.length() - 1).strip());
        }
        return spelled(text);
    }

    private static String withoutWeight(String text) {
        int colon = text.lastIndexOf(':');
        return colon > 0 && WEIGHT.matcher(text.substring(colon + 1)).matches()
                ? text.substring(0, colon).strip()
                : text;
    }

    /** Whether the first character is a bracket that the last one closes. */
    private static boolean isGroup(String text) {
        int kind = text.length() < 3 ? -1 : OPENING.indexOf(text.charAt(0));
        if (kind < 0) {
            return false;
        }
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == OPENING.charAt(kind)) {
                depth++;
            } else if (c == CLOSING.charAt(kind) && --depth == 0) {
                return i == text.length() - 1;
            }
        }
        return false;
    }

    /**
     * The tag as tools answer it to a language model: {@code name}, {@code category}, {@code category_name},
     * {@code count} (G132).
     *
     * @return an object of these four
     */
    public JsonObject json() {
        return JsonObject.of("name", name, "category", category, "category_name", categoryName, "count", count);
    }
}
