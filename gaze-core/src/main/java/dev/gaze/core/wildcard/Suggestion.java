package dev.gaze.core.wildcard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A name for somebody who is typing one.
 *
 * @param name the wildcard as templates write it
 * @param fit how well it goes on with what is typed, 0 best
 * @param uses how many pictures used it
 */
record Suggestion(String name, int fit, long uses) {
    private static final int BEGINS = 0;
    private static final int A_WORD_BEGINS = 1;
    private static final int HOLDS = 2;
    private static final int NONE = 3;

    /** Those that fit, best first. */
    static List<Suggestion> of(String written, Collection<FileContent> files, Map<String, Long> uses) {
        String typed = written.isBlank() ? "" : WildcardIndex.key(written) + (endsWithSlash(written) ? "/" : "");
        Map<String, Suggestion> byName = new HashMap<>();
        for (FileContent file : files) {
            for (WordList list : file.lists()) {
                int fit = howWell(typed, WildcardIndex.key(list.path()));
                if (fit < NONE) {
                    String counted = list.alias() == null ? list.path() : list.alias();
                    byName.putIfAbsent(list.path(), new Suggestion(list.path(), fit, uses.getOrDefault(counted, 0L)));
                }
            }
        }
        List<Suggestion> fitting = new ArrayList<>(byName.values());
        fitting.sort(Comparator.comparingInt(Suggestion::fit)
                .thenComparing(Suggestion::uses, Comparator.reverseOrder())
                .thenComparing(Suggestion::name));
        return fitting;
    }

    private static boolean endsWithSlash(String written) {
        return written.strip().endsWith("/") || written.strip().endsWith("\\");
    }

    private static int howWell(String typed, String name) {
        int at = name.indexOf(typed);
        if (at <= 0) {
            return at == 0 ? BEGINS : NONE;
        }
        for (; at > 0; at = name.indexOf(typed, at + 1)) {
            if (!Character.isLetterOrDigit(name.charAt(at - 1))) {
                return A_WORD_BEGINS;
            }
        }
        return HOLDS;
    }
}
