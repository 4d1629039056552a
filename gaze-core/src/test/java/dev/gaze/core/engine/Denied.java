package dev.gaze.core.engine;

import dev.gaze.core.prompt.DenyList;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** One name of the shipped deny list, so that no test has to spell one out. */
final class Denied {
    static final String NAME = first();

    private Denied() {}

    private static String first() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(DenyList.class.getResourceAsStream("blocked-tags.txt")),
                StandardCharsets.UTF_8))) {
            return lines.readLine().strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
