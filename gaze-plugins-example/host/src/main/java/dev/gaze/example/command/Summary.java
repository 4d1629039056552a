package dev.gaze.example.command;

import dev.gaze.api.Gaze;
import java.util.stream.Collectors;

/** A library in one line. */
final class Summary {
    private Summary() {}

    /** {@code 25 assets: 4 character, 2 look, …}. */
    static String of(Gaze gaze) {
        int all = gaze.categories().stream()
                .mapToInt(category -> gaze.assets(category.id()).count())
                .sum();
        return "%d asset%s: %s"
                .formatted(
                        all,
                        all == 1 ? "" : "s",
                        gaze.categories().stream()
                                .map(category -> gaze.assets(category.id()).count() + " " + category.id())
                                .collect(Collectors.joining(", ")));
    }
}
