package dev.gaze.core.wildcard;

import dev.gaze.api.problem.Problem;
import dev.gaze.api.template.Wildcard.Kind;
import dev.gaze.core.file.Confined;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What lies below a root: names, sizes and times, nothing read. Files in the order of their names.
 *
 * @param files the wildcard files
 * @param problems links that lead out, folders that cannot be read
 */
record FolderScan(List<Found> files, List<Problem> problems) {
    private static final Map<String, Kind> KINDS =
            Map.of(".txt", Kind.TEXT, ".yaml", Kind.YAML, ".yml", Kind.YAML, ".json", Kind.JSON);
    private static final int DEEPEST = 50;

    /**
     * A wildcard file.
     *
     * @param path where it lies
     * @param name its path below the root without extension, with forward slashes
     * @param kind how it is written
     * @param stamp its size and time
     */
    record Found(Path path, String name, Kind kind, Stamp stamp) {}

    /** Looks into a root; one that is missing is empty. */
    static FolderScan of(Path root) {
        FolderScan scan = new FolderScan(new ArrayList<>(), new ArrayList<>());
        if (Files.isDirectory(root)) {
            try {
                Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, new Visitor(root, scan));
            } catch (IOException failure) {
                scan.unreadable(root, failure);
            }
        }
        scan.files.sort(Comparator.comparing(Found::name).thenComparing(file -> file.path.toString()));
        return scan;
    }

    /** How a file of this name is written; null when it is no wildcard file. */
    static @Nullable Kind kind(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return dot <= 0 ? null : KINDS.get(fileName.substring(dot).toLowerCase(Locale.ROOT));
    }

    /** The size and time of a file. */
    static Stamp stamp(BasicFileAttributes attributes) {
        return new Stamp(attributes.size(), attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS));
    }

    /** A name below the root as templates write it. */
    static String name(Path root, Path file) {
        String name = root.relativize(file).toString().replace('\\', '/');
        return name.substring(0, name.lastIndexOf('.'));
    }

    private void unreadable(Path place, IOException failure) {
        problems.add(
                Problem.of("Cannot be read: " + failure).at(place.toString()).fix("check the rights on this place"));
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final Path root;
        private final Confined inside;
        private final FolderScan scan;

        Visitor(Path root, FolderScan scan) {
            this.root = root;
            this.scan = scan;
            inside = new Confined(root);
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean wanted = folder.equals(root) || !isHidden(folder) && staysInside(folder);
            return wanted ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            Kind kind = kind(file.getFileName().toString());
            if (kind != null && !isHidden(file) && attributes.isRegularFile() && staysInside(file)) {
                scan.files.add(new Found(file, name(root, file), kind, stamp(attributes)));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            scan.unreadable(file, failure);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) {
            if (failure != null) {
                scan.unreadable(folder, failure);
            }
            return FileVisitResult.CONTINUE;
        }

        private static boolean isHidden(Path path) {
            return path.getFileName().toString().startsWith(".");
        }

        private boolean staysInside(Path path) {
            if (!Files.isSymbolicLink(path) || inside.contains(path)) {
                return true;
            }
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                scan.problems.add(Problem.of("This link leaves the folder of wildcards; it is passed over")
                        .at(path.toString())
                        .fix("put a copy here, or list its folder under \"wildcards\" in gaze.json"));
            }
            return false;
        }
    }
}
