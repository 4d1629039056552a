package dev.gaze.core.template;

import dev.gaze.api.problem.Problem;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes results of templates, one each pass. A pass for the next combination keeps the beginning of the last result that
 * hangs only on choices in front of the one that moved. Used by one thread.
 */
final class Passes {
    private final Chooser chooser;
    private final Sheet sheet = new Sheet();
    private final Evaluation evaluation;
    private final Marks marks = new Marks();
    private int kept;

    /**
     * Passes over templates.
     *
     * @param rules where wildcards come from, and how to choose
     * @param chooser chooses
     */
    Passes(Evaluation.Rules rules, Chooser chooser) {
        this.chooser = chooser;
        evaluation = new Evaluation(rules, chooser, sheet);
    }

    /** The text of a template, before it is tidied; valid until the next pass. */
    CharSequence write(Node template, @Nullable Variables variables) {
        marks.clear();
        kept = 0;
        sheet.begin(0, 0);
        return write(template, 0, variables);
    }

    /** The next combination of the template that was written last. */
    CharSequence writeNext(Node template, @Nullable Variables variables) {
        if (!marks.backTo(chooser.moved())) {
            return write(template, variables);
        }
        kept = marks.length();
        chooser.keep(marks.choices());
        sheet.begin(kept, marks.steps());
        return write(template, marks.part(), marks.variables());
    }

    private CharSequence write(Node template, int from, @Nullable Variables variables) {
        evaluation.begin();
        if (!(template instanceof Node.Sequence sequence)) {
            evaluation.part(template, variables, Origin.TEMPLATE, null);
            return sheet.text();
        }
        Variables seen = variables;
        for (int i = from; i < sequence.parts().size(); i++) {
            if (i > from && chooser.onlyCombined() && sheet.isTextAlone()) {
                marks.set(i, sheet.length(), chooser.choices(), sheet.steps(), seen);
            }
            seen = evaluation.part(sequence.parts().get(i), seen, Origin.TEMPLATE, null);
        }
        return sheet.text();
    }

    /** How many characters at the beginning of the last result are those of the one before. */
    int kept() {
        return kept;
    }

    /** What was passed over in the last result. */
    List<Problem> warnings() {
        return sheet.warnings();
    }

    /** How many nodes the last result took. */
    int steps() {
        return sheet.steps();
    }

    /** The wildcards used so far, in order. */
    Collection<String> used() {
        return evaluation.used();
    }
}
