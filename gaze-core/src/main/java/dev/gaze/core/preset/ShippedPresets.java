package dev.gaze.core.preset;

import dev.gaze.api.json.JsonLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** The presets that ship with GAZE, as resources beside this class. */
final class ShippedPresets {
    private static final List<String> RESOURCES = List.of("flat.json", "hierarchy.json");

    private ShippedPresets() {}

    static List<PresetFile> files() {
        return RESOURCES.stream().map(ShippedPresets::file).toList();
    }

    private static PresetFile file(String name) {
        try (InputStream resource = Objects.requireNonNull(
                ShippedPresets.class.getResourceAsStream(name), () -> name + " is missing from the jar")) {
            return PresetFile.parse("GAZE's " + name, resource.readAllBytes(), JsonLimits.FILE);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
