package dev.gaze.core.image;

import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.asset.Page;
import dev.gaze.api.image.Image;
import dev.gaze.api.image.ImageFiles;
import dev.gaze.api.image.ImageId;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.file.Confined;
import dev.gaze.core.file.DurableFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The uploads folder, read as it lies on disk. An image's time is that of its name, as copying a library changes file
 * times; a file that was named by somebody else counts from its last change. Hidden files and folders ({@code .state},
 * temporary files) are passed over, and so are links while listing. Safe for use by several threads.
 */
public final class UploadedImages implements ImageFiles {
    private static final Set<String> SHOWN =
            Set.of("png", "jpg", "jpeg", "webp", "gif", "mp4", "webm", "mov", "mkv", "flac", "mp3", "wav", "opus");
    /** Enough for every header but that of a JPEG behind a very long comment, whose size then stays unknown. */
    private static final int GLANCE = 128 * 1024;

    private final Confined uploads;

    /**
     * The images of a folder.
     *
     * @param uploads the folder; it need not exist yet
     */
    public UploadedImages(Path uploads) {
        this.uploads = new Confined(uploads);
    }

    /** A file as the walk finds it, before anybody looks inside. */
    private record Found(Path file, String path, Instant made, int number) {
        static final Comparator<Found> NEWEST_FIRST = Comparator.comparing(Found::made)
                .thenComparing(Found::number)
                .reversed()
                .thenComparing(Found::path);
    }

    @Override
    public Page<Image> list(@Nullable AssetKey filedUnder, int offset, int limit) {
        if (offset < 0 || limit < 1) {
            throw new IllegalArgumentException(
                    "Offset must be 0 or more and limit 1 or more, got %d and %d".formatted(offset, limit));
        }
        List<Found> all = walk(filedUnder);
        all.sort(Found.NEWEST_FIRST);
        List<Image> page =
                all.stream().skip(offset).limit(limit).map(this::image).toList();
        return new Page<>(page, offset, all.size());
    }

    @Override
    public Image get(ImageId id) {
        Path file = uploads.existing(id.path());
        Path relative = uploads.root().relativize(file);
        if (isHidden(relative)) {
            throw new GazeException(
                    Kind.NOT_FOUND,
                    Problem.of("'" + id + "' is no image").at(uploads.root().toString()));
        }
        try {
            return image(found(file, Files.readAttributes(file, BasicFileAttributes.class)));
        } catch (IOException failure) {
            throw DurableFile.failed("read", file, failure);
        }
    }

    /**
     * Where an image lies, or lay.
     *
     * @param id its path below the folder
     * @return a place within the folder, whether or not there is a file
     */
    public Path place(ImageId id) {
        return uploads.resolve(id.path());
    }

    private List<Found> walk(@Nullable AssetKey filedUnder) {
        Path start =
                filedUnder == null ? uploads.root() : uploads.resolve(filedUnder.category() + "/" + filedUnder.slug());
        List<Found> all = new ArrayList<>();
        if (!Files.isDirectory(start)) {
            return all;
        }
        try {
            Files.walkFileTree(start, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return !folder.equals(start) && isHidden(folder.getFileName())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile() && isShown(file)) {
                        all.add(found(file, attributes));
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                    if (failure instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE; // deleted while we walked
                    }
                    throw failure;
                }
            });
        } catch (IOException failure) {
            throw DurableFile.failed("read", start, failure);
        }
        return all;
    }

    private Found found(Path file, BasicFileAttributes attributes) {
        Optional<ImageName> name = ImageName.parse(stem(file));
        return new Found(
                file,
                uploads.root().relativize(file).toString().replace('\\', '/'),
                name.map(ImageName::made)
                        .orElseGet(() -> attributes.lastModifiedTime().toInstant()),
                name.map(ImageName::number).orElse(1));
    }

    private Image image(Found found) {
        Optional<Picture> picture = glance(found.file);
        return new Image(
                new ImageId(found.path),
                found.file,
                filedUnder(found.path),
                picture.map(Picture::width).orElse(0),
                picture.map(Picture::height).orElse(0),
                found.made);
    }

    /** {@code <category>/<slug>/<file>}; whatever lies less deep belongs to nobody. */
    private static @Nullable AssetKey filedUnder(String path) {
        String[] elements = path.split("/");
        return elements.length < 3 ? null : new AssetKey(elements[0], elements[1]);
    }

    private static Optional<Picture> glance(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return Picture.glance(in.readNBytes(GLANCE));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static boolean isShown(Path file) {
        String name = file.getFileName().toString();
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return !isHidden(file.getFileName()) && SHOWN.contains(extension);
    }

    private static boolean isHidden(Path relative) {
        for (Path element : relative) {
            if (element.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    private static String stem(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
