package dev.gaze.core.template;

import dev.gaze.api.problem.NearestNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which wildcard was meant by one that is missing. Looked for a few times only: a template may invent names without end.
 */
final class Guesses {
    /** For how many missing wildcards the nearest names are told. */
    static final int MOST = 20;

    private final WildcardSource source;
    private final Map<String, String> known = new HashMap<>();

    Guesses(WildcardSource source) {
        this.source = source;
    }

    /** A question that names the nearest ones; null when there are none, or it was asked too often. */
    @Nullable
    String of(String missing) {
        if (!known.containsKey(missing) && known.size() < MOST) {
            List<String> near = NearestNames.of(missing, source.names());
            known.put(missing, near.isEmpty() ? "" : "did you mean '" + String.join("' or '", near) + "'?");
        }
        String guess = known.getOrDefault(missing, "");
        return guess.isEmpty() ? null : guess;
    }
}
