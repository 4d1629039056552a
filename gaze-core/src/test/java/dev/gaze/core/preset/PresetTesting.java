package dev.gaze.core.preset;

import dev.gaze.api.preset.PresetMode;
import dev.gaze.api.preset.PresetProvider;
import dev.gaze.api.preset.Presets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** A library folder, and its presets. */
abstract class PresetTesting {
    @TempDir
    Path library;

    Presets presets(PresetProvider... providers) {
        return presets(PresetSettings.DEFAULT, providers);
    }

    /** Without those that ship. */
    Presets own(PresetProvider... providers) {
        return presets(new PresetSettings(PresetMode.HIERARCHICAL, false, 8_000_000), providers);
    }

    Presets presets(PresetSettings settings, PresetProvider... providers) {
        return new LibraryPresets(library.resolve("presets"), settings, List.of(providers), false);
    }

    void file(String name, String content) {
        try {
            Path file = library.resolve("presets").resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    String read(String name) {
        try {
            return Files.readString(library.resolve("presets").resolve(name));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
