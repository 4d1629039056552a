package dev.gaze.core.template;

import dev.gaze.api.plan.Seed;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.template.Resolution;
import dev.gaze.api.template.Sampling;
import dev.gaze.api.template.TemplateRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The results of one request, made one by one as they are asked for. Used by one thread.
 */
public final class TemplateRun {
    /** How many combinations or draws in a row may give nothing new, before the rest is given up. */
    private static final int MOST_REPEATS = 100_000;
    /** The same, counted in the work they take. */
    private static final long MOST_STEPS = 40_000_000;

    private final TemplateRequest request;
    private final Node template;
    private final @Nullable Variables variables;
    private final Chooser chooser = new Chooser();
    private final Passes passes;
    private final GivenTexts given = new GivenTexts();
    private final List<Problem> warnings = new ArrayList<>();
    private final boolean combinatorial;
    private final boolean distinct;
    private int results;
    private long draws;
    private boolean wasTidy;
    private boolean ended;

    /**
     * A run.
     *
     * @param request what is asked for
     * @param source the wildcards
     * @throws dev.gaze.api.problem.GazeException {@code INVALID} when the template is malformed
     */
    public TemplateRun(TemplateRequest request, WildcardSource source) {
        this.request = request;
        template = TemplateParser.parse(request.template());
        variables = Variables.of(request.variables());
        combinatorial = request.sampling() == Sampling.COMBINATORIAL;
        distinct = combinatorial || request.distinct();
        passes = new Passes(new Evaluation.Rules(source, request.sampling(), request.strict()), chooser);
    }

    /**
     * Makes the next result.
     *
     * @return the result; null when there are no more
     * @throws dev.gaze.api.problem.GazeException as {@link dev.gaze.api.template.Wildcards#resolve}
     */
    public @Nullable Resolution next() {
        long steps = 0;
        int repeats = 0;
        while (!ended && results < request.count()) {
            long seed = request.seed().bits() + (combinatorial ? results : draws);
            chooser.start(seed);
            CharSequence raw = combinatorial && draws > 0
                    ? passes.writeNext(template, variables)
                    : passes.write(template, variables);
            int known = wasTidy ? passes.kept() : 0;
            wasTidy = Tidy.isTidy(raw, known);
            String text = wasTidy ? raw.toString() : Tidy.tidied(raw);
            boolean isNew = !distinct || given.add(text, wasTidy ? known : 0);
            chooser.end(isNew);
            boolean more = chooser.advance();
            ended = combinatorial && !more;
            draws++;
            if (isNew) {
                results++;
                return new Resolution(text, request.template(), new Seed(seed), passes.warnings());
            }
            steps += passes.steps();
            if (++repeats >= MOST_REPEATS || steps >= MOST_STEPS) {
                giveUp(repeats);
            }
        }
        return null;
    }

    /** Only combinations come to an end; that draws give nothing new is no news. */
    private void giveUp(int repeats) {
        ended = true;
        if (combinatorial) {
            warnings.add(Problem.of(
                            "%d combinations in a row gave nothing new; the rest was not looked at".formatted(repeats))
                    .fix("take repeated options out of the template"));
        }
    }

    /**
     * The wildcards used so far.
     *
     * @return their paths, in the order of first use
     */
    public Collection<String> used() {
        return passes.used();
    }

    /**
     * What holds for the run as a whole.
     *
     * @return such as that it was given up
     */
    public List<Problem> warnings() {
        return warnings;
    }
}
