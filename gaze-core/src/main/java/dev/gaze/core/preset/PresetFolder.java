package dev.gaze.core.preset;

import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.problem.GazeException;
import dev.gaze.core.file.DurableFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The user's own preset files. Their content is compared each time, which costs less than a parse and misses no edit,
 * however the clock of the disk counts.
 */
final class PresetFolder {
    /** Presets that were added through the library; it is read last. */
    static final String USER_FILE = "user.json";

    private static final int MOST = 500;

    private final Path folder;
    private final JsonLimits limits;
    private List<PresetFile> last = List.of();

    PresetFolder(Path folder, JsonLimits limits) {
        this.folder = folder;
        this.limits = limits;
    }

    Path userFile() {
        return folder.resolve(USER_FILE);
    }

    /** How messages name a file. */
    String name(Path file) {
        return folder.getFileName() + "/" + file.getFileName();
    }

    /** All files in reading order; the same list as before when nothing has changed. */
    synchronized List<PresetFile> files() {
        List<PresetFile> now = new ArrayList<>();
        boolean same = true;
        for (Path path : paths()) {
            PresetFile file = file(path, now.size());
            same &= now.size() < last.size() && file == last.get(now.size());
            now.add(file);
        }
        if (!same || now.size() != last.size()) {
            last = List.copyOf(now);
        }
        return last;
    }

    private PresetFile file(Path path, int position) {
        String name = name(path);
        try {
            byte[] bytes = DurableFile.read(path, limits.maxBytes());
            PresetFile before = position < last.size() ? last.get(position) : null;
            return before != null && before.holds(name, bytes) ? before : PresetFile.parse(name, bytes, limits);
        } catch (GazeException unreadable) {
            return PresetFile.broken(name, new byte[0], unreadable.problems());
        }
    }

    private List<Path> paths() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> paths = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.json")) {
            for (Path path : found) {
                if (Files.isRegularFile(path) && !path.getFileName().toString().startsWith(".")) {
                    paths.add(path);
                }
            }
        } catch (IOException failure) {
            throw DurableFile.failed("read", folder, failure);
        }
        paths.sort(Comparator.comparing((Path path) -> path.endsWith(USER_FILE))
                .thenComparing(path -> path.getFileName().toString()));
        return paths.size() > MOST ? paths.subList(paths.size() - MOST, paths.size()) : paths;
    }
}
