package dev.gaze.core.template;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * One option of a choice or one entry of a wildcard. The template of an entry is read when it is first chosen; one that
 * is malformed is plain text, with a {@link #flaw}. Safe for use by several threads.
 */
public final class Entry {
    private final String text;
    private final double weight;
    private final @Nullable Origin origin;
    private final ItemRules rules;
    private volatile @Nullable Read read;

    private record Read(Node node, @Nullable Problem flaw) {}

    private Entry(String text, double weight, @Nullable Origin origin, ItemRules rules, @Nullable Read read) {
        this.text = text;
        this.weight = weight;
        this.origin = origin;
        this.rules = rules;
        this.read = read;
    }

    /** An option that stands in a template. */
    static Entry option(Node node, double weight) {
        return new Entry("", weight, null, ItemRules.NONE, new Read(node, null));
    }

    /**
     * An entry of a wildcard.
     *
     * @param text its template
     * @param weight 0 or more
     * @param origin where it stands
     * @param rules beside which tags it is admitted
     * @return the entry
     */
    public static Entry of(String text, double weight, Origin origin, ItemRules rules) {
        return new Entry(text, weight, origin, rules, null);
    }

    /**
     * What it says.
     *
     * @return its text as it was written; empty for an option of a template
     */
    public String text() {
        return text;
    }

    double weight() {
        return weight;
    }

    /** Where it stands; null for an option of a template, which stands where the template does. */
    @Nullable
    Origin origin() {
        return origin;
    }

    ItemRules rules() {
        return rules;
    }

    Node node() {
        return read().node;
    }

    /** What is wrong with its text; null when nothing is. */
    @Nullable
    Problem flaw() {
        return read().flaw;
    }

    private Read read() {
        Read known = read;
        if (known == null) {
            known = parse();
            read = known;
        }
        return known;
    }

    private Read parse() {
        try {
            return new Read(TemplateParser.entry(text, origin != null && origin.node() != null), null);
        } catch (GazeException malformed) {
            Problem problem = malformed.problems().get(0);
            String place = origin == null ? problem.where() : origin.name() + ", " + problem.where();
            return new Read(
                    new Node.Text(text),
                    Problem.of("An entry is taken as plain text: " + problem.what())
                            .at(place)
                            .fix(problem.fix()));
        }
    }
}
