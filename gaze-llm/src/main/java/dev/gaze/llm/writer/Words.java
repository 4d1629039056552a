package dev.gaze.llm.writer;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How keys and ids of presets are shown. */
final class Words {
    private Words() {}

    /** {@code hair_color} → {@code hair color}. */
    static String plain(String id) {
        return id.replace('_', ' ');
    }

    /** {@code hair_color} → {@code Hair Color}. */
    static String title(String key) {
        return Arrays.stream(plain(key).strip().split("\\s+"))
                .map(word -> word.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining(" "));
    }
}
