package dev.gaze.api.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the names a person probably meant. Used for every "did you mean" that GAZE and its plugins say. */
public final class NearestNames {
    private static final int SHOWN = 3;

    private NearestNames() {}

    /**
     * The names nearest to {@code given}, by edit distance without regard to case; a name that contains the given text
     * counts as near too.
     *
     * @param given what was asked for
     * @param known every name that exists
     * @return at most three, nearest first, ties in alphabetical order; empty when nothing is near
     */
    public static List<String> of(String given, Collection<String> known) {
        String wanted = given.toLowerCase(Locale.ROOT);
        record Scored(String name, int distance) {}
        int limit = Math.max(2, wanted.length() / 3);
        return known.stream()
                .map(name -> new Scored(name, distance(wanted, name.toLowerCase(Locale.ROOT), limit)))
                .filter(scored -> scored.distance <= limit)
                .sorted(Comparator.comparingInt(Scored::distance).thenComparing(Scored::name))
                .limit(SHOWN)
                .map(Scored::name)
                .toList();
    }

    /**
     * A ready fix: {@code did you mean 'raincoat'?}, or the list of what exists when nothing is near.
     *
     * @param given what was asked for
     * @param known every name that exists
     * @param plural what the names are, such as {@code outfits}
     * @return one sentence; null when nothing exists at all
     */
    public static @Nullable String fix(String given, Collection<String> known, String plural) {
        List<String> near = of(given, known);
        if (!near.isEmpty()) {
            return "did you mean '" + String.join("' or '", near) + "'?";
        }
        if (known.isEmpty()) {
            return null;
        }
        String some = String.join(", ", known.stream().sorted().limit(12).toList());
        return plural + ": " + some + (known.size() > 12 ? ", … (" + known.size() + " in all)" : "");
    }

    private static int distance(String a, String b, int limit) {
        if (a.length() >= 3 && b.contains(a)) {
            return 1;
        }
        if (Math.abs(a.length() - b.length()) > limit) {
            return Integer.MAX_VALUE;
        }
        int[] before = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(before[j], row[j - 1]) + 1);
            }
            int[] spare = before;
            before = row;
            row = spare;
        }
        return before[b.length()];
    }
}
