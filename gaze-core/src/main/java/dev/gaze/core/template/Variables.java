package dev.gaze.core.template;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Variables that are set, the last one first. Immutable, so that what encloses an assignment never sees it: whoever goes
 * deeper takes the list along, and forgets it on the way back.
 */
final class Variables {
    private final String name;
    private final Value value;
    private final @Nullable Variables before;

    private Variables(String name, Value value, @Nullable Variables before) {
        this.name = name;
        this.value = value;
        this.before = before;
    }

    /**
     * What a variable stands for. Told apart by identity: one that is reached while it is evaluated refers to itself.
     */
    sealed interface Value {}

    /** A text. */
    record Fixed(String text) implements Value {}

    /** A template that is evaluated wherever it is used, with the variables set there. */
    record Macro(Node template, Origin origin) implements Value {}

    /** A parameter: a template that sees the variables of whoever passed it. */
    record Parameter(Node template, Origin origin, @Nullable Variables seen) implements Value {}

    static Variables with(@Nullable Variables before, String name, Value value) {
        return new Variables(name, value, before);
    }

    static @Nullable Variables of(Map<String, String> texts) {
        Variables all = null;
        for (Map.Entry<String, String> text : texts.entrySet()) {
            all = with(all, text.getKey(), new Fixed(text.getValue()));
        }
        return all;
    }

    static @Nullable Value find(@Nullable Variables in, String name) {
        for (Variables here = in; here != null; here = here.before) {
            if (here.name.equals(name)) {
                return here.value;
            }
        }
        return null;
    }
}
