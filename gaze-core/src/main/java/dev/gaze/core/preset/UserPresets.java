package dev.gaze.core.preset;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.preset.FlatPresets;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.file.DurableFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** The file of presets that were added through the library (P67). Whatever else it holds stays as it is. */
final class UserPresets {
    private static final byte[] NOTHING = {'{', '}'};

    private final Path file;
    private final String name;
    private final JsonLimits limits;

    /**
     * A file that may be missing.
     *
     * @param name how messages name it
     */
    UserPresets(Path file, String name, JsonLimits limits) {
        this.file = file;
        this.name = name;
        this.limits = limits;
    }

    synchronized void add(String category, String preset, String text) {
        if (category.isBlank() || preset.isBlank() || text.isBlank()) {
            throw new IllegalArgumentException("A preset needs a category, a name and words, got '%s', '%s' and '%s'"
                    .formatted(category, preset, text));
        }
        if (preset.strip().equals(FlatPresets.NONE)) {
            throw new IllegalArgumentException("'None' always stands for no choice; give the preset another name");
        }
        change(json -> json.with(List.of(category.strip(), preset.strip()), new JsonText(text.strip())));
    }

    synchronized boolean delete(String category, String preset) {
        return change(json -> {
            JsonObject left = json.object(category).without(preset);
            if (left.equals(json.object(category))) {
                return json;
            }
            return left.members().isEmpty() ? json.without(category) : json.with(category, left);
        });
    }

    /** Whether anything had to be written. */
    private boolean change(UnaryOperator<JsonObject> change) {
        byte[] before = bytes();
        JsonObject json = parse(before);
        JsonObject changed = change.apply(json);
        if (changed.equals(json)) {
            return false;
        }
        byte[] after = Json.pretty(changed);
        if (after.length > limits.maxBytes()) {
            throw new GazeException(
                    Kind.REFUSED,
                    Problem.of("The file of added presets would have more than %d bytes, and not be read again"
                                    .formatted(limits.maxBytes()))
                            .at(name)
                            .fix("delete some first, or move some into a file beside it"));
        }
        DurableFile.write(file, after, () -> requireUnchanged(before));
        return true;
    }

    private JsonObject parse(byte[] bytes) {
        PresetFile parsed = PresetFile.parse(name, bytes, limits);
        if (!parsed.problems().isEmpty()) {
            throw new GazeException(Kind.INVALID, null, parsed.problems());
        }
        if (parsed.isHierarchy()) {
            throw new GazeException(
                    Kind.INVALID,
                    Problem.of("The file of added presets holds a hierarchy")
                            .at(name)
                            .fix("move the hierarchy to another file beside it"));
        }
        return parsed.json();
    }

    private void requireUnchanged(byte[] before) {
        if (!Arrays.equals(before, bytes())) {
            throw new GazeException(
                    Kind.CONFLICT,
                    Problem.of("Somebody changed the presets at the same moment; nothing was written")
                            .at(name)
                            .fix("try again"));
        }
    }

    private byte[] bytes() {
        return Files.exists(file) ? DurableFile.read(file, limits.maxBytes()) : NOTHING;
    }
}
