package dev.gaze.core.image;

import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.image.Image;
import dev.gaze.api.image.ImageId;
import dev.gaze.api.job.JobId;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.time.Time;
import dev.gaze.core.file.Confined;
import dev.gaze.core.file.DurableFile;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
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
    private static final System.Logger LOG = System.getLogger(LeftFiles.class.getName());
    /** Bytes that what made it may add to an image of the largest size. */
    private static final long TOLD = 16_000_000;

    private final Confined uploads;
    private final ImageLimits limits;
    private final Time time;

    LeftFiles(Confined uploads, ImageLimits limits, Time time) {
        this.uploads = uploads;
        this.limits = new ImageLimits(Math.max(limits.maxBytes(), limits.maxBytes() + TOLD), limits.maxPixels());
        this.time = time;
    }

    // Finding --------------------------------------------------------------------------------------------------------

    /**
     * Looks whether all files of a job were in place already; half files beside them are removed then.
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
        sweepBeside(paths);
        return Optional.of(images);
    }

    /**
     * Looks for the only file, a PNG, of a job that had reserved no name for it; half files beside it are removed.
     *
     * @param job whose it is
     * @param filedUnder the asset it is filed under; null for none
     * @param sent when the job was sent: no file of it tells of an earlier time
     * @return the image; empty when there is none
     * @throws GazeException {@code FAILED} when the folder cannot be read
     */
    public Optional<Image> find(JobId job, @Nullable AssetKey filedUnder, Instant sent) {
        String name = ImageFiler.folder(filedUnder);
        Path folder = uploads.resolve(name);
        Optional<Image> found = filesSince(folder, sent.getEpochSecond() - 1).stream() // as databases round
                .flatMap(file -> ofJob(name + "/" + file.getFileName(), file, job, filedUnder).stream())
                .findFirst();
        sweepIfPossible(folder);
        return found;
    }

    private static List<Path> filesSince(Path folder, long second) {
        List<Path> since = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "gen_*.png")) {
            for (Path file : files) {
                if (ImageName.parse(Naming.stem(file))
                        .filter(name -> name.second() >= second)
                        .isPresent()) {
                    since.add(file);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException nothingThere) {
            return List.of();
        } catch (DirectoryIteratorException failure) {
            throw DurableFile.failed("read", folder, failure.getCause());
        } catch (IOException failure) {
            throw DurableFile.failed("read", folder, failure);
        }
        return since;
    }

    /** Empty when it is not, and when nobody can tell. */
    private Optional<Image> ofJob(String path, Path file, JobId job, @Nullable AssetKey filedUnder) {
        try {
            return read(file)
                    .filter(bytes -> bytes.length > 0 && isOf(bytes, file, job))
                    .map(bytes -> image(path, file, filedUnder, bytes));
        } catch (GazeException unreadable) {
            LOG.log(Level.DEBUG, "A file counts as somebody else's", unreadable);
            return Optional.empty();
        }
    }

    private Image image(String path, Path file, @Nullable AssetKey filedUnder, byte[] bytes) {
        Optional<Picture> picture = ImageFormat.of(bytes).map(format -> Picture.check(bytes, limits));
        return image(
                path,
                file,
                filedUnder,
                picture.map(Picture::width).orElse(0),
                picture.map(Picture::height).orElse(0));
    }

    /** A file as the image it holds. */
    Image image(String path, Path file, @Nullable AssetKey filedUnder, int width, int height) {
        Instant made = ImageName.parse(Naming.stem(file)).map(ImageName::made).orElseGet(time::now);
        return new Image(new ImageId(path), file, filedUnder, width, height, made);
    }

    // Removing -------------------------------------------------------------------------------------------------------

    /**
     * Removes what a job had begun to file under a name that it used without having reserved it. What somebody else has put
     * there stays.
     *
     * @param job whose file goes
     * @param path the name
     */
    public void discard(JobId job, String path) {
        discard(job, path, false);
    }

    /**
     * Removes what a job had begun to file under names it has reserved, empty files that keep a place included. What
     * somebody else has put there stays.
     *
     * @param job whose files go
     * @param paths the names
     */
    public void discardReserved(JobId job, List<String> paths) {
        paths.forEach(path -> discard(job, path, true));
    }

    private void discard(JobId job, String path, boolean reserved) {
        Path file = uploads.resolve(path);
        if (isOf(file, job) || reserved && isEmpty(file)) {
            DurableFile.delete(file);
        }
        Path sidecar = Naming.sidecar(file);
        if (read(sidecar).filter(json -> names(json, job)).isPresent()) {
            DurableFile.delete(sidecar);
        }
        sweepIfPossible(folderOf(file));
    }

    /** On a disk without hard links, a place is kept by an empty file until the whole one takes it. */
    private static boolean isEmpty(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && file.toFile().length() == 0;
    }

    /** Removes the half files that processes have left beside others when they died. */
    void sweepBeside(List<String> paths) {
        paths.stream().map(path -> folderOf(uploads.resolve(path))).distinct().forEach(LeftFiles::sweepIfPossible);
    }

    /** What cannot be removed is in no way. */
    private static void sweepIfPossible(Path folder) {
        try {
            DurableFile.sweep(folder);
            DurableFile.sweep(folder.resolve(Naming.STATE));
        } catch (GazeException failure) {
            LOG.log(Level.DEBUG, "What was left in a folder of images stays there", failure);
        }
    }

    // Whose it is ----------------------------------------------------------------------------------------------------

    /**
     * Whether a file is a job's, by what it says itself.
     *
     * @throws GazeException {@code FAILED} when it cannot be read
     */
    boolean isOf(Path file, JobId job) {
        try {
            return read(file).filter(bytes -> isOf(bytes, file, job)).isPresent();
        } catch (GazeException broken) {
            if (broken.kind() == Kind.FAILED) {
                throw broken;
            }
            return false;
        }
    }

    private boolean isOf(byte[] bytes, Path file, JobId job) {
        return ImageFormat.of(bytes).filter(ImageFormat.PNG::equals).isPresent()
                ? Png.read(bytes)
                        .text(MadeWith.KEYWORD)
                        .filter(text -> MadeWith.names(text, job))
                        .isPresent()
                : read(Naming.sidecar(file)).filter(json -> names(json, job)).isPresent();
    }

    private static boolean names(byte[] json, JobId job) {
        return MadeWith.names(new String(json, StandardCharsets.UTF_8), job);
    }

    private Optional<byte[]> read(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(DurableFile.read(file, limits.maxBytes()))
                : Optional.empty();
    }

    private static Path folderOf(Path file) {
        return Objects.requireNonNull(file.getParent());
    }
}
