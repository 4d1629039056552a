package dev.gaze.core.prompt;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Tags that no positive text may hold. The list is fixed, shipped as a resource, and cannot be switched off.
 *
 * <p>A name is found where its words stand one behind another anywhere in the text, each as a whole word. Case,
 * underscores, punctuation, weights, backslashes, accents and invisible characters make no difference. Brackets are read
 * both as nothing and as blanks, so that neither {@code lo(ng} nor {@code (long)hair} hides a word. Immutable; safe for
 * use by several threads.
 */
public final class DenyList {
    private static final String RESOURCE = "blocked-tags.txt";
    private static final String BRACKETS = "()[]{}<>";

    /** The names by their first word, each as its words. */
    private final Map<String, List<Name>> byFirstWord = new HashMap<>();

    /** The names as letters only. A text that holds none of them so holds none at all, and most texts do not. */
    private final Set<String> letters = new LinkedHashSet<>();

    private record Name(String name, List<String> words) {}

    DenyList(Collection<String> names) {
        for (String name : names) {
            List<String> words = words(plain(fold(name), false));
            if (!words.isEmpty()) {
                letters.add(letters(fold(name)));
                byFirstWord
                        .computeIfAbsent(words.get(0), ignored -> new ArrayList<>())
                        .add(new Name(name, words));
            }
        }
    }

    /**
     * The list that ships with GAZE.
     *
     * @return the list
     */
    public static DenyList shipped() {
        InputStream resource = Objects.requireNonNull(
                DenyList.class.getResourceAsStream(RESOURCE), "the deny list is missing from the jar");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            return new DenyList(lines.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * Looks for a listed name.
     *
     * @param text any text, usually a positive prompt
     * @return the listed name that occurs in it; empty when none does
     */
    public Optional<String> check(String text) {
        String folded = fold(text);
        String squeezed = letters(folded);
        for (String name : letters) {
            if (squeezed.contains(name)) {
                Optional<String> found = find(words(plain(folded, false)));
                return found.isPresent() ? found : find(words(plain(folded, true)));
            }
        }
        return Optional.empty();
    }

    private Optional<String> find(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            for (Name name : byFirstWord.getOrDefault(words.get(i), List.of())) {
                int end = i + name.words.size();
                if (end <= words.size() && words.subList(i, end).equals(name.words)) {
                    return Optional.of(name.name);
                }
            }
        }
        return Optional.empty();
    }

    /** Lower case; full-width letters, accents and invisible characters reduced to the letters people see. */
    private static String fold(String text) {
        boolean ascii = true;
        for (int i = 0; i < text.length() && ascii; i++) {
            ascii = text.charAt(i) < 128;
        }
        String plain = ascii ? text : Normalizer.normalize(text, Normalizer.Form.NFKD);
        return plain.toLowerCase(Locale.ROOT);
    }

    /** The text without weights and backslashes, and with brackets as nothing or as blanks. */
    private static String plain(String text, boolean withoutBrackets) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ':') {
                int end = weightEnd(text, i);
                plain.append(end == i ? " " : "");
                i = end;
            } else if (BRACKETS.indexOf(c) >= 0) {
                plain.append(withoutBrackets ? "" : " ");
            } else if (c != '\\' && !isInvisible(c)) {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    /** The last character of the weight that starts at a colon; the colon itself when none does. */
    private static int weightEnd(String text, int colon) {
        int at = colon + 1;
        while (at < text.length() && "0123456789.+-e ".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        boolean weight = at > colon + 1 && at < text.length() && BRACKETS.indexOf(text.charAt(at)) >= 0;
        return weight ? at - 1 : colon;
    }

    private static boolean isInvisible(char c) {
        int type = Character.getType(c);
        return c >= 128
                && (type == Character.FORMAT
                        || type == Character.NON_SPACING_MARK
                        || type == Character.ENCLOSING_MARK
                        || type == Character.COMBINING_SPACING_MARK);
    }

    /** Nothing but the letters of a text, without those of weights. */
    private static String letters(String text) {
        char[] letters = new char[text.length()]; // every prompt goes through here, three times
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ':') {
                i = weightEnd(text, i);
            } else if (c >= 'a' && c <= 'z' || c >= 128 && Character.isLetter(c)) {
                letters[length++] = c;
            }
        }
        return new String(letters, 0, length);
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean inWord = i < text.length() && Character.isLetterOrDigit(text.charAt(i));
            if (inWord && start < 0) {
                start = i;
            } else if (!inWord && start >= 0) {
                words.add(text.substring(start, i));
                start = -1;
            }
        }
        return words;
    }
}
