package dev.gaze.core.template;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The result that is being written: its text so far, what came up on the way, and how much of either is too much. */
final class Sheet {
    /** How many nodes one result may take: more than a template of a megabyte has. */
    static final int MOST_STEPS = 4_000_000;
    /** How many characters one result may have. */
    static final int LONGEST = 4_000_000;

    private static final int MOST_WARNINGS = 100;

    private final StringBuilder text = new StringBuilder();
    private final Set<Problem> warnings = new LinkedHashSet<>();
    private final Set<String> tags = new HashSet<>();
    private int steps;

    /** Begins a result behind what stays of the last one. */
    void begin(int length, int stepsTaken) {
        text.setLength(length);
        warnings.clear();
        tags.clear();
        steps = stepsTaken;
    }

    CharSequence text() {
        return text;
    }

    int length() {
        return text.length();
    }

    void append(String more) {
        text.append(more);
    }

    /** What was written behind a place. */
    String since(int start) {
        return text.substring(start);
    }

    /** Takes back what was written behind a place. */
    String takeBack(int start) {
        String taken = text.substring(start);
        text.setLength(start);
        return taken;
    }

    /** Counts a step. */
    void step(Origin origin) {
        if (++steps > MOST_STEPS || text.length() > LONGEST) {
            throw tooMuch(
                    "One result takes more than %d steps or %d characters".formatted(MOST_STEPS, LONGEST), origin);
        }
    }

    int steps() {
        return steps;
    }

    static GazeException tooMuch(String what, Origin origin) {
        return new GazeException(
                Kind.REFUSED, Problem.of(what).at(origin.name()).fix("choose, repeat and nest less"));
    }

    void warn(Problem warning) {
        if (warnings.size() < MOST_WARNINGS) {
            warnings.add(warning);
        }
    }

    List<Problem> warnings() {
        return warnings.isEmpty() ? List.of() : List.copyOf(warnings);
    }

    /** The tags of the items chosen so far. */
    Set<String> tags() {
        return tags;
    }

    /** Whether nothing came up so far but text. */
    boolean isTextAlone() {
        return warnings.isEmpty() && tags.isEmpty();
    }
}
