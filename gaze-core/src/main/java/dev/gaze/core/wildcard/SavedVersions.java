package dev.gaze.core.wildcard;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.template.WildcardVersion;
import dev.gaze.core.file.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The versions of one wildcard file, in {@code .state/<file name>} beside it: {@code 0001.txt}, {@code 0002.txt} …
 *
 * <p>A text that is saved becomes a version first, under a number nobody else has, and the file then. So of two who save at
 * once both texts are kept, whatever happens to the file. A text that somebody put there by hand becomes a version before
 * another takes its place.
 *
 * @param file the wildcard file
 * @param name its path below its root
 */
record SavedVersions(Path file, String name) {
    private static final Pattern NUMBER = Pattern.compile("(\\d{4,9})\\..*");

    /** Saves a text, and keeps the one it replaces. */
    WildcardVersion save(byte[] content) {
        try {
            if (Files.isRegularFile(file) && !isKept(file)) {
                if (Files.size(file) > FileReading.LARGEST) {
                    throw tooLarge(name, Files.size(file));
                }
                keep(DurableFile.read(file, FileReading.LARGEST), Files.getLastModifiedTime(file));
            }
            int version = keep(content, null);
            DurableFile.write(file, content);
            return new WildcardVersion(
                    name, version, Files.getLastModifiedTime(file).toInstant(), true, file);
        } catch (IOException failure) {
            throw DurableFile.failed("save", file, failure);
        }
    }

    /** All versions, newest first. */
    List<WildcardVersion> list() {
        try {
            List<Kept> kept = kept();
            List<WildcardVersion> versions = new ArrayList<>();
            boolean currentKnown = false;
            for (Kept one : kept) {
                boolean current = !currentKnown && isSame(one.path, file);
                currentKnown |= current;
                versions.add(new WildcardVersion(
                        name,
                        one.number,
                        Files.getLastModifiedTime(one.path).toInstant(),
                        current,
                        current ? file : one.path));
            }
            if (!currentKnown && Files.isRegularFile(file)) {
                int next = kept.isEmpty() ? 1 : kept.get(0).number + 1;
                versions.add(
                        0,
                        new WildcardVersion(
                                name, next, Files.getLastModifiedTime(file).toInstant(), true, file));
            }
            return versions;
        } catch (IOException failure) {
            throw DurableFile.failed("read", folder(), failure);
        }
    }

    private record Kept(int number, Path path) {}

    private Path folder() {
        return file.resolveSibling(".state").resolve(file.getFileName());
    }

    /** Those that are kept, newest first. */
    private List<Kept> kept() throws IOException {
        if (!Files.isDirectory(folder())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder())) {
            List<Kept> kept = new ArrayList<>();
            for (Path path : (Iterable<Path>) files::iterator) {
                Matcher number = NUMBER.matcher(path.getFileName().toString());
                if (number.matches() && Files.isRegularFile(path)) {
                    kept.add(new Kept(Integer.parseInt(number.group(1)), path));
                }
            }
            kept.sort(Comparator.comparingInt(Kept::number).reversed());
            return kept;
        }
    }

    private boolean isKept(Path text) throws IOException {
        List<Kept> kept = kept();
        return !kept.isEmpty() && isSame(kept.get(0).path, text);
    }

    private static boolean isSame(Path one, Path other) throws IOException {
        return Files.isRegularFile(other) && Files.size(one) == Files.size(other) && Files.mismatch(one, other) < 0;
    }

    /** Keeps a text under the next free number. */
    private int keep(byte[] content, @Nullable FileTime created) throws IOException {
        String extension = file.getFileName()
                .toString()
                .substring(file.getFileName().toString().lastIndexOf('.'));
        List<Kept> kept = kept();
        int number = kept.isEmpty() ? 1 : kept.get(0).number + 1;
        Path path = folder().resolve("%04d%s".formatted(number, extension));
        while (!DurableFile.create(path, content)) {
            path = folder().resolve("%04d%s".formatted(++number, extension));
        }
        if (created != null) {
            Files.setLastModifiedTime(path, created);
        }
        return number;
    }

    /** What to say when a text is too large to be kept. */
    static GazeException tooLarge(String name, long size) {
        return new GazeException(
                Kind.REFUSED,
                Problem.of("The text has %d bytes; wildcard files of at most %d bytes are saved and kept"
                                .formatted(size, FileReading.LARGEST))
                        .at(name)
                        .fix("put larger files into the folder, and move them away, yourself"));
    }
}
