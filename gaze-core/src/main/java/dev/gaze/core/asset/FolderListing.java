package dev.gaze.core.asset;

import dev.gaze.api.problem.Problem;
import dev.gaze.core.file.Confined;
import dev.gaze.core.file.DurableFile;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What lies in the folder of a category: names, sizes and times, nothing read.
 *
 * @param files the asset files, in any order
 * @param sidecars the sidecars by slug
 * @param leftovers temporary files of processes that died
 * @param problems what may not be looked at
 * @param complete whether the folder itself could be read; when it could not, nothing can be said about what is gone
 */
record FolderListing(
        List<Found> files,
        Map<String, Found> sidecars,
        List<Path> leftovers,
        List<Problem> problems,
        boolean complete) {
    static final String EXTENSION = ".json";

    /**
     * A file as it looks from outside.
     *
     * @param name without folders
     * @param size in bytes
     * @param modified nanoseconds since 1970
     */
    record Found(String name, long size, long modified) {
        static Found of(String name, BasicFileAttributes attributes) {
            return new Found(
                    name, attributes.size(), attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS));
        }
    }

    /** Looks into a folder; one that is missing is empty. */
    static FolderListing of(Path folder, Path sidecarFolder) {
        List<Found> files = new ArrayList<>();
        Map<String, Found> sidecars = new HashMap<>();
        List<Path> leftovers = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        boolean complete = walk(
                folder,
                (path, name, attributes) -> {
                    if (DurableFile.isTemporary(name)) {
                        leftovers.add(path);
                    } else if (name.endsWith(EXTENSION) && !name.startsWith(".")) {
                        Found found = look(folder, path, name, attributes, problems);
                        if (found != null) {
                            files.add(found);
                        }
                    }
                },
                problems);
        complete = complete
                && walk(
                        sidecarFolder,
                        (path, name, attributes) -> {
                            if (DurableFile.isTemporary(name)) {
                                leftovers.add(path);
                            } else if (name.endsWith(EXTENSION) && attributes.isRegularFile()) {
                                sidecars.put(stem(name), Found.of(name, attributes));
                            }
                        },
                        problems);
        return new FolderListing(files, sidecars, leftovers, problems, complete);
    }

    /** Looks at a single file; null when there is none that may be read. */
    static @Nullable Found look(Path folder, String name, List<Problem> problems) {
        Path path = folder.resolve(name);
        try {
            return look(
                    folder,
                    path,
                    name,
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS),
                    problems);
        } catch (NoSuchFileException gone) {
            return null;
        } catch (IOException unreadable) {
            problems.add(unreadable(folder, name, unreadable));
            return null;
        }
    }

    static String stem(String name) {
        return name.substring(0, name.length() - EXTENSION.length());
    }

    private static @Nullable Found look(
            Path folder, Path path, String name, BasicFileAttributes attributes, List<Problem> problems) {
        if (attributes.isRegularFile()) {
            return Found.of(name, attributes);
        }
        if (!attributes.isSymbolicLink()) {
            return null;
        }
        if (!new Confined(folder).contains(path)) {
            problems.add(new Problem(
                    "This link leads out of its folder or nowhere",
                    folder.getFileName() + "/" + name,
                    "put the file itself here"));
            return null;
        }
        try {
            BasicFileAttributes real = Files.readAttributes(path, BasicFileAttributes.class);
            return real.isRegularFile() ? Found.of(name, real) : null;
        } catch (IOException unreadable) {
            problems.add(unreadable(folder, name, unreadable));
            return null;
        }
    }

    private static Problem unreadable(Path folder, String name, IOException failure) {
        return DurableFile.failed("read", folder.resolve(name), failure)
                .problems()
                .get(0)
                .at(folder.getFileName() + "/" + name)
                .fix("check the rights on this file");
    }

    private interface Visitor {
        void visit(Path path, String name, BasicFileAttributes attributes);
    }

    /** Whether the folder could be read; a missing one counts as empty. */
    private static boolean walk(Path folder, Visitor visitor, List<Problem> problems) {
        boolean[] complete = {true};
        try {
            Files.walkFileTree(folder, EnumSet.noneOf(FileVisitOption.class), 1, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
                    if (!path.equals(folder)) {
                        visitor.visit(path, path.getFileName().toString(), attributes);
                        return FileVisitResult.CONTINUE;
                    }
                    complete[0] = false;
                    problems.add(new Problem(
                            "A file lies where a folder is expected", folder.toString(), "move the file elsewhere"));
                    return FileVisitResult.TERMINATE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path path, IOException failure) {
                    if (!(failure instanceof NoSuchFileException)) {
                        complete[0] &= !path.equals(folder);
                        problems.add(unreadable(
                                folder,
                                path.equals(folder) ? "" : path.getFileName().toString(),
                                failure));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException failure) {
            complete[0] = false;
            problems.add(unreadable(folder, "", failure));
        }
        return complete[0];
    }
}
