package dev.gaze.core.builtin;

import dev.gaze.api.asset.Guide;
import dev.gaze.api.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What language models are told of GAZE's own categories (G130): a text and a schema beside this class for each. */
final class Guides {
    private Guides() {}

    static Guide of(String category) {
        return new Guide(text(category + ".txt"), Json.object(text(category + ".schema.json")));
    }

    private static String text(String resource) {
        try (InputStream in = Objects.requireNonNull(
                Guides.class.getResourceAsStream(resource), () -> resource + " is missing from the jar")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
