package dev.gaze.api.template;

import dev.gaze.api.plan.Seed;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What to make of a template. Immutable: every call returns a changed copy.
 *
 * @param template the template
 * @param seed where random draws start; result n draws with {@code seed + n} (unsigned, wrapping round)
 * @param count how many results at most, 1 … {@value #MOST}
 * @param sampling how choices without a mark of their own are made
 * @param distinct whether a text that was given already is dropped, so that fewer results may come; combinatorial
 *     results are always distinct
 * @param strict whether a variable that is not set is an error instead of a warning
 * @param variables values of variables by name, as plain text
 */
public record TemplateRequest(
        String template,
        Seed seed,
        int count,
        Sampling sampling,
        boolean distinct,
        boolean strict,
        Map<String, String> variables) {
    /** The most results of one request. */
    public static final int MOST = 1_000_000;

    /** Checks the count and copies the variables. */
    public TemplateRequest {
        Objects.requireNonNull(template, "template");
        Objects.requireNonNull(seed, "seed");
        Objects.requireNonNull(sampling, "sampling");
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException("%d results are asked for; accepted are 1 to %d".formatted(count, MOST));
        }
        variables = Map.copyOf(variables);
    }

    /**
     * One random result of seed 0.
     *
     * @param template the template
     * @return a request to be changed
     */
    public static TemplateRequest of(String template) {
        return new TemplateRequest(template, new Seed(0), 1, Sampling.RANDOM, false, false, Map.of());
    }

    /**
     * With another seed.
     *
     * @param seed where random draws start
     * @return a changed copy
     */
    public TemplateRequest seed(Seed seed) {
        return new TemplateRequest(template, seed, count, sampling, distinct, strict, variables);
    }

    /**
     * With another seed.
     *
     * @param seed 64 bits, read as unsigned
     * @return a changed copy
     */
    public TemplateRequest seed(long seed) {
        return seed(new Seed(seed));
    }

    /**
     * With another number of results.
     *
     * @param count 1 … {@value #MOST}
     * @return a changed copy
     */
    public TemplateRequest count(int count) {
        return new TemplateRequest(template, seed, count, sampling, distinct, strict, variables);
    }

    /**
     * With another way of choosing.
     *
     * @param sampling for choices without a mark
     * @return a changed copy
     */
    public TemplateRequest sampling(Sampling sampling) {
        return new TemplateRequest(template, seed, count, sampling, distinct, strict, variables);
    }

    /**
     * Without texts that were given already. Dropping costs no place: the next seed is tried, as long as new texts come.
     *
     * @return a changed copy
     */
    public TemplateRequest distinctOnly() {
        return new TemplateRequest(template, seed, count, sampling, true, strict, variables);
    }

    /**
     * With an error where a variable is not set.
     *
     * @return a changed copy
     */
    public TemplateRequest strictly() {
        return new TemplateRequest(template, seed, count, sampling, distinct, true, variables);
    }

    /**
     * With a variable set.
     *
     * @param name its name
     * @param value its text; it is not read as a template
     * @return a changed copy
     */
    public TemplateRequest with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(variables);
        more.put(name, value);
        return new TemplateRequest(template, seed, count, sampling, distinct, strict, more);
    }
}
