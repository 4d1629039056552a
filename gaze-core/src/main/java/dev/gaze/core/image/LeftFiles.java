package dev.gaze.core.image;

import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.image.Image;
import dev.gaze.api.image.ImageId;
import dev.gaze.api.job.JobId;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.time.Time;
import dev.gaze.core.file.Confined;
import dev.gaze.core.file.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What jobs have left in the uploads folder whose process died while it filed. A file is moved into place whole, and says
 * itself whose it is: a PNG in its text chunk, every other file in its sidecar. Safe for use by several threads.
 */
public final class LeftFiles {
    /** How far a clock may have been set back while a job was made. */
    private static final Duration CLOCK = Duration.ofHours(1);

    private final Confined uploads;
    private final ImageLimits limits;
    private final Time time;

    LeftFiles(Confined uploads, ImageLimits limits, Time time) {
        this.uploads = uploads;
        this.limits = limits;
        this.time = time;
    }

    /**
     * Looks whether all files of a job were in place already; half files it left beside them are removed then.
     *
     * @param job whose they are
     * @param paths the names it had reserved
     * @param filedUnder the asset they are filed under; null for none
     * @return the images; empty when one is missing, is not whole, or is not the job's
     */
    public Optional<List<Image>> whole(JobId job, List<String> paths, @Nullable AssetKey filedUnder) {
        List<Image> images = new ArrayList<>();
        for (String path : paths) {
            Optional<Image> image = ofJob(path, uploads.resolve(path), job, filedUnder);
            if (image.isEmpty()) {
                return Optional.empty();
            }
            images.add(image.get());
        }
        paths.stream().map(uploads::resolve).forEach(LeftFiles::sweep);
        return Optional.of(images);
    }

    /**
     * Looks for the only file, a PNG, of a job that had reserved no name for it; half files beside it are removed.
     *
     * @param job whose it is
     * @param filedUnder the asset it is filed under; null for none
     * @param since when the job was handed in
     * @return the image; empty when there is none
     */
    public Optional<Image> find(JobId job, @Nullable AssetKey filedUnder, Instant since) {
        String name = ImageFiler.folder(filedUnder);
        Path folder = uploads.resolve(name);
        DurableFile.sweep(folder);
        long from = since.minus(CLOCK).getEpochSecond();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "gen_*.png")) {
            for (Path file : files) {
                boolean mayBe = ImageName.parse(Naming.stem(file))
                        .filter(found -> found.second() >= from)
                        .isPresent();
                if (mayBe && !removeIfEmpty(file)) {
                    Optional<Image> image = ofJob(name + "/" + file.getFileName(), file, job, filedUnder);
                    if (image.isPresent()) {
                        return image;
                    }
                }
            }
        } catch (NoSuchFileException nothingThere) {
            return Optional.empty();
        } catch (IOException failure) {
            throw DurableFile.failed("read", folder, failure);
        }
        return Optional.empty();
    }

    /** A disk without hard links keeps a place with an empty file until the whole one takes it. */
    private static boolean removeIfEmpty(Path file) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && Files.size(file) == 0
                && Files.deleteIfExists(file);
    }

    /**
     * Removes what a job had begun to file and cannot finish. What somebody else has put there stays.
     *
     * @param job whose files go
     * @param paths the names it had
     */
    public void discard(JobId job, List<String> paths) {
        for (String path : paths) {
            Path file = uploads.resolve(path);
            if (isOf(file, job)) {
                DurableFile.delete(file);
                DurableFile.delete(Naming.sidecar(file));
            }
            sweep(file);
        }
    }

    /** Whether a file is a job's, by what it says itself. */
    boolean isOf(Path file, JobId job) {
        try {
            return read(file).filter(bytes -> isOf(bytes, file, job)).isPresent();
        } catch (GazeException broken) {
            return false;
        }
    }

    private boolean isOf(byte[] bytes, Path file, JobId job) {
        Optional<String> told =
                ImageFormat.of(bytes).filter(ImageFormat.PNG::equals).isPresent()
                        ? Png.read(bytes).text(MadeWith.KEYWORD)
                        : read(Naming.sidecar(file)).map(json -> new String(json, StandardCharsets.UTF_8));
        return told.filter(text -> MadeWith.names(text, job)).isPresent();
    }

    private Optional<Image> ofJob(String path, Path file, JobId job, @Nullable AssetKey filedUnder) {
        try {
            return read(file).filter(bytes -> isOf(bytes, file, job)).map(bytes -> {
                Optional<Picture> picture = ImageFormat.of(bytes).map(format -> Picture.check(bytes, limits));
                return image(
                        path,
                        file,
                        filedUnder,
                        picture.map(Picture::width).orElse(0),
                        picture.map(Picture::height).orElse(0));
            });
        } catch (GazeException broken) {
            return Optional.empty();
        }
    }

    /** A file as the image it holds. */
    Image image(String path, Path file, @Nullable AssetKey filedUnder, int width, int height) {
        Instant made = ImageName.parse(Naming.stem(file)).map(ImageName::made).orElseGet(time::now);
        return new Image(new ImageId(path), file, filedUnder, width, height, made);
    }

    private Optional<byte[]> read(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(DurableFile.read(file, limits.maxBytes()))
                : Optional.empty();
    }

    /** Removes the half files that processes have left beside a file when they died. */
    static void sweep(Path file) {
        Path folder = Objects.requireNonNull(file.getParent());
        DurableFile.sweep(folder);
        DurableFile.sweep(folder.resolve(Naming.STATE));
    }
}
