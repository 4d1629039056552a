package dev.gaze.core.settings;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.file.DurableFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The file {@code gaze.json} of a library; it may be missing. Safe for use by several threads. */
public final class SettingsFile {
    private static final String NAME = "gaze.json";

    private final Path library;
    private final Path file;

    /**
     * The settings of a library.
     *
     * @param library its folder
     */
    public SettingsFile(Path library) {
        this.library = library;
        file = library.resolve(NAME);
    }

    /**
     * Reads and checks the settings.
     *
     * @param environment gives environment variables by name; null for unset ones
     * @return what the file says; the defaults when there is none
     * @throws GazeException {@code INVALID} with every problem, each with line and fix; {@code REFUSED} when the file is
     *     too large
     */
    public Settings read(Function<String, @Nullable String> environment) {
        byte[] bytes = bytes();
        return new SettingsReader(parse(bytes), library, environment, new Findings(NAME, bytes)).read();
    }

    /**
     * Writes the checkpoint used when a request names none (G107). Everything else in the file stays as it is.
     *
     * @param path name below the {@code checkpoints} folder; null for none
     * @throws GazeException {@code CONFLICT} when somebody else wrote the file at the same moment
     */
    public synchronized void setDefaultCheckpoint(@Nullable String path) {
        byte[] before = bytes();
        JsonObject json = parse(before);
        JsonObject changed = path == null
                ? json.without(SettingsReader.DEFAULT_CHECKPOINT)
                : json.with(SettingsReader.DEFAULT_CHECKPOINT, new JsonText(path));
        if (!changed.equals(json)) {
            DurableFile.write(file, Json.pretty(changed), () -> requireUnchanged(before));
        }
    }

    private void requireUnchanged(byte[] before) {
        if (!Arrays.equals(before, bytes())) {
            throw new GazeException(
                    Kind.CONFLICT,
                    Problem.of("Somebody changed the settings at the same moment; nothing was written")
                            .at(file.toString())
                            .fix("try again"));
        }
    }

    private byte[] bytes() {
        return Files.exists(file) ? DurableFile.read(file, JsonLimits.FILE.maxBytes()) : new byte[] {'{', '}'};
    }

    private static JsonObject parse(byte[] bytes) {
        try {
            return Json.object(bytes, JsonLimits.FILE);
        } catch (GazeException broken) {
            Problem problem = broken.problems().get(0);
            throw new GazeException(
                    broken.kind(),
                    null,
                    List.of(problem.at(NAME + (problem.where() == null ? "" : ":" + problem.where()))
                            .fix("mend the JSON, or remove the file to use the defaults")),
                    broken);
        }
    }
}
