package dev.gaze.api.template;

import dev.gaze.api.plan.Seed;
import dev.gaze.api.problem.Problem;
import java.util.List;
import java.util.Objects;

/**
 * A template and what became of it.
 *
 * @param text the result: plain text, blanks and commas tidied; may be empty
 * @param template the template
 * @param seed what this result was drawn with; asking for one result with it gives the same text again, unless choices
 *     take turns
 * @param warnings what was passed over: wildcards nobody knows, variables nobody set
 */
public record Resolution(String text, String template, Seed seed, List<Problem> warnings) {

    /** Copies the warnings. */
    public Resolution {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(template, "template");
        Objects.requireNonNull(seed, "seed");
        warnings = List.copyOf(warnings);
    }

    /** The text alone. */
    @Override
    public String toString() {
        return text;
    }
}
