package dev.gaze.api.preset;

import java.util.List;

/**
 * Something to choose: a lens, a mood, a time of day. It holds options or smaller questions, seldom both.
 *
 * @param key names it among its neighbours
 * @param name for people
 * @param multiple whether several options may be chosen at once
 * @param options the answers, in file order
 * @param parts smaller questions, in file order; empty for most
 */
public record PresetQuestion(
        String key, String name, boolean multiple, List<PresetOption> options, List<PresetQuestion> parts) {

    /** Checks that it has a key and a name; copies the lists. */
    public PresetQuestion {
        PresetCategory.requireNamed("question", key, name);
        options = List.copyOf(options);
        parts = List.copyOf(parts);
    }
}
