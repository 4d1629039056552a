package dev.gaze.core.template;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;

/** What an evaluation is inside of: never the same list or variable twice, and never too deep. */
final class Nesting {
    /** How deep wildcards, variables and choices may nest. */
    static final int DEEPEST = 100;

    private final Object[] active = new Object[DEEPEST];
    private int depth;

    /** Goes into something that may be inside itself. */
    void enter(Origin from) {
        push(this, from);
    }

    /** Goes into an entry of a list. */
    void enter(Origin list, Origin from) {
        requireOutside(list, "Wildcard", list.name(), from);
        push(list, from);
    }

    /** Goes into a variable. */
    void enter(Variables.Value variable, String name, Origin from) {
        requireOutside(variable, "Variable", name, from);
        push(variable, from);
    }

    void leave() {
        depth--;
    }

    void reset() {
        depth = 0;
    }

    private void requireOutside(Object what, String kind, String name, Origin from) {
        for (int i = 0; i < depth; i++) {
            if (active[i] == what) {
                throw new GazeException(
                        Kind.INVALID,
                        Problem.of("%s '%s' refers to itself".formatted(kind, name))
                                .at(from.name())
                                .fix("take the circle apart"));
            }
        }
    }

    private void push(Object what, Origin from) {
        if (depth == DEEPEST) {
            throw new GazeException(
                    Kind.INVALID,
                    Problem.of("The template nests deeper than %d levels".formatted(DEEPEST))
                            .at(from.name())
                            .fix("nest less"));
        }
        active[depth++] = what;
    }
}
