package dev.gaze.core.template;

import dev.gaze.api.problem.Problem;
import dev.gaze.api.template.Sampling;
import java.util.Collection;
import java.util.List;

/**
 * Several templates, one behind another, that draw from one seed: the first as it would alone, each other where the one in
 * front of it ended. Used by one thread.
 */
public final class TemplateSeries {
    private final Chooser chooser = new Chooser();
    private final Passes passes;

    /**
     * A series.
     *
     * @param source the wildcards
     * @param seed where draws start
     */
    public TemplateSeries(WildcardSource source, long seed) {
        passes = new Passes(new Evaluation.Rules(source, Sampling.RANDOM, false), chooser);
        chooser.start(seed);
    }

    /**
     * What a template became.
     *
     * @param text the result, tidied
     * @param warnings what was passed over
     */
    public record Text(String text, List<Problem> warnings) {}

    /**
     * The wildcards used so far.
     *
     * @return their paths, in the order of first use
     */
    public Collection<String> used() {
        return passes.used();
    }

    /**
     * Expands a template.
     *
     * @param template any text
     * @return what became of it; a text that is no template stays as it is, to the letter
     * @throws dev.gaze.api.problem.GazeException as {@link dev.gaze.api.template.Wildcards#resolve}
     */
    public Text next(String template) {
        Node node = TemplateParser.parse(template);
        if (node instanceof Node.Text plain && plain.text().equals(template)) {
            return new Text(template, List.of());
        }
        return new Text(Tidy.text(passes.write(node, null)), passes.warnings());
    }
}
