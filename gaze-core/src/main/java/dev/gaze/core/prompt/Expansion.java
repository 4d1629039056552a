package dev.gaze.core.prompt;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.template.TemplateParser;
import dev.gaze.core.template.TemplateSeries;
import dev.gaze.core.template.WildcardSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Expands the templates of one composition, in the order in which its texts are written: all of them draw from one seed, one
 * behind another, so that two that say the same need not choose the same. Neither wildcards nor seed are asked for before
 * the first template comes. Used by one thread.
 */
final class Expansion {
    private final Supplier<WildcardSource> wildcards;
    private final LongSupplier seed;
    private final Set<Problem> warnings = new LinkedHashSet<>();
    private @Nullable TemplateSeries series;

    /**
     * The templates of a composition.
     *
     * @param wildcards asked at most once
     * @param seed asked at most once
     */
    Expansion(Supplier<WildcardSource> wildcards, LongSupplier seed) {
        this.wildcards = wildcards;
        this.seed = seed;
    }

    /** Templates without wildcards, drawn with seed 0. */
    static Expansion none() {
        return new Expansion(() -> WildcardSource.NONE, () -> 0);
    }

    /**
     * Some texts as they go on.
     *
     * @param texts without a template among them
     * @param template what they were, joined with {@code ", "}; null when none of them was one
     */
    record Expanded(List<String> texts, @Nullable String template) {}

    /** Expands the texts of a field; {@code where} is asked only when there is something to tell. */
    Expanded all(List<String> texts, Supplier<String> where) {
        List<String> expanded = null;
        for (int i = 0; i < texts.size(); i++) {
            String written = texts.get(i);
            String text = one(written, where);
            if (!text.equals(written) && expanded == null) {
                expanded = new ArrayList<>(texts);
            }
            if (expanded != null) {
                expanded.set(i, text);
            }
        }
        return expanded == null ? new Expanded(texts, null) : new Expanded(expanded, String.join(", ", texts));
    }

    /** Expands a text; one that is no template comes back as it is. */
    String one(String text, Supplier<String> where) {
        if (TemplateParser.isPlain(text)) {
            return text;
        }
        if (series == null) {
            series = new TemplateSeries(wildcards.get(), seed.getAsLong());
        }
        try {
            TemplateSeries.Text next = series.next(text);
            next.warnings().forEach(warning -> warnings.add(warning.at(placed(where, warning.where()))));
            return next.text();
        } catch (GazeException wrong) {
            List<Problem> problems = wrong.problems().stream()
                    .map(problem -> problem.at(placed(where, problem.where())))
                    .toList();
            throw new GazeException(wrong.kind(), null, problems, wrong);
        }
    }

    private static String placed(Supplier<String> where, @Nullable String inside) {
        return inside == null ? where.get() : where.get() + ", " + inside;
    }

    /** The wildcards used so far. */
    Collection<String> used() {
        return series == null ? List.of() : series.used();
    }

    /** What was passed over so far. */
    List<Problem> warnings() {
        return List.copyOf(warnings);
    }
}
