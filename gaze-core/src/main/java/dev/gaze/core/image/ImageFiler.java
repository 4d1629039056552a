package dev.gaze.core.image;

import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.backend.RenderOutput;
import dev.gaze.api.image.Image;
import dev.gaze.api.image.ImageId;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.time.Time;
import dev.gaze.core.file.Confined;
import dev.gaze.core.file.DurableFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Files what a run has made (G42): {@code uploads/<category>/<slug>/gen_<epoch seconds>[_n].png}, or
 * {@code uploads/mix/gen_….png} for a picture of words alone.
 *
 * <p>All outputs are fetched and checked before the first byte is written, and no file is ever overwritten, so a job has
 * either all its images or none. A PNG tells {@linkplain MadeWith what made it} in a text chunk; for every other format
 * the same stands in {@code .state/<stem>.json} beside it. Safe for use by several threads.
 */
public final class ImageFiler {
    /** The folder, below uploads, of pictures that no asset had a part in. */
    public static final String NOBODYS = "mix";

    private static final String STATE = ".state";

    private final Confined uploads;
    private final ImageLimits limits;
    private final Time time;
    private final AtomicReference<@Nullable Latest> latest = new AtomicReference<>();

    /**
     * Files into a folder.
     *
     * @param uploads the uploads folder of the library
     * @param limits what is refused
     * @param time says which second it is
     */
    public ImageFiler(Path uploads, ImageLimits limits, Time time) {
        this.uploads = new Confined(uploads);
        this.limits = limits;
        this.time = time;
    }

    /** The name that was tried last, in which folder. */
    private record Latest(String folder, ImageName name) {}

    /**
     * What was filed.
     *
     * @param images at least one, in the order of the outputs
     * @param warnings what was not as it should be
     */
    public record Filed(List<Image> images, List<Problem> warnings) {
        /** Copies the lists. */
        public Filed {
            images = List.copyOf(images);
            warnings = List.copyOf(warnings);
        }
    }

    /** The names of a job's files, reserved before the first byte is written, so that a crash leaves no riddle. */
    public interface Names {
        /**
         * What was reserved before, by this process or by one that died while it filed.
         *
         * @return paths below the uploads folder, one for each file; empty when nothing was
         */
        List<String> reserved();

        /**
         * Reserves names in place of those reserved before.
         *
         * @param paths below the uploads folder, one for each file
         * @return false when another job has reserved one of them
         * @throws GazeException when nothing is to be filed any more
         */
        boolean reserve(List<String> paths);
    }

    /**
     * Fetches, checks and files the outputs of a run. Files that are there already under the reserved names were moved
     * into place before a crash, and stay.
     *
     * @param outputs every file of every output node
     * @param filedUnder the asset the picture is made for; null for none
     * @param madeWith what is remembered with each image
     * @param names the names of the files
     * @param beside where names are reserved while the files are fetched
     * @return the images on disk
     * @throws GazeException {@code FAILED} when there is no output, or one is broken, cut short or too large, or the
     *     disk is full; {@code UNAVAILABLE} when the server went away; nothing is filed then
     */
    public Filed file(
            List<RenderOutput> outputs,
            @Nullable AssetKey filedUnder,
            MadeWith madeWith,
            Names names,
            Executor beside) {
        List<Problem> warnings = new ArrayList<>();
        List<RenderOutput> chosen = chosen(outputs, warnings);
        Order order = new Order(filedUnder, madeWith, names);
        List<String> before = names.reserved();
        return new Filed(before.isEmpty() ? anew(chosen, order, beside) : goOn(chosen, order, before), warnings);
    }

    /** What is the same for all files of a job. */
    private record Order(@Nullable AssetKey filedUnder, MadeWith madeWith, Names names) {
        String folder() {
            return filedUnder == null ? NOBODYS : filedUnder.category() + "/" + filedUnder.slug();
        }
    }

    /** Names that were reserved, and where they begin. */
    private record Taken(ImageName first, List<String> paths) {}

    private List<Image> anew(List<RenderOutput> outputs, Order order, Executor beside) {
        List<String> expected = outputs.stream().map(RenderedFile::expected).toList();
        CompletableFuture<Taken> reserving =
                CompletableFuture.supplyAsync(() -> reserve(next(order.folder()), expected, order), beside);
        List<RenderedFile> files = fetch(outputs, reserving);
        Taken taken = reserving.join();
        return write(files, fit(taken.paths, files) ? taken : reserve(taken.first, extensions(files), order), order);
    }

    private List<Image> goOn(List<RenderOutput> outputs, Order order, List<String> before) {
        List<RenderedFile> files = outputs.stream()
                .map(output -> RenderedFile.fetch(output, limits))
                .toList();
        if (fit(before, files)) {
            return write(files, before, order, true).orElseThrow(); // as nothing that is there is in the way
        }
        discard(before);
        return write(files, reserve(next(order.folder()), extensions(files), order), order);
    }

    private List<Image> write(List<RenderedFile> files, Taken taken, Order order) {
        Optional<List<Image>> images = write(files, taken.paths, order, false);
        while (images.isEmpty()) { // somebody else has put a file there since we looked
            Taken other = reserve(next(order.folder()), extensions(files), order);
            images = write(files, other.paths, order, false);
        }
        return images.get();
    }

    /** Fetches the files while their names are reserved; returns, or fails, when both are over. */
    private List<RenderedFile> fetch(List<RenderOutput> outputs, CompletableFuture<?> reserving) {
        try {
            return outputs.stream()
                    .map(output -> RenderedFile.fetch(output, limits))
                    .toList();
        } finally {
            settle(reserving);
        }
    }

    /** Throws what a task has thrown: who may file nothing need not know what else went wrong. */
    private static void settle(CompletableFuture<?> task) {
        try {
            task.join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failure;
        }
    }

    /** Reserves names nobody has used, the first one or the next after it. */
    private Taken reserve(ImageName first, List<String> extensions, Order order) {
        for (ImageName name = first; ; name = name.next()) {
            List<String> paths = paths(order.folder(), name, extensions);
            latest.set(new Latest(order.folder(), name));
            if (areFree(paths) && order.names.reserve(paths)) {
                return new Taken(name, paths);
            }
        }
    }

    /**
     * Looks whether all files of a job that died while it filed were in place already; half files it left beside them
     * are removed then.
     *
     * @param paths what it had reserved
     * @param filedUnder the asset they are filed under; null for none
     * @return the images; empty when one is missing or is not whole
     */
    public Optional<List<Image>> whole(List<String> paths, @Nullable AssetKey filedUnder) {
        List<Image> images = new ArrayList<>();
        for (String path : paths) {
            Path file = uploads.resolve(path);
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            try {
                byte[] bytes = DurableFile.read(file, limits.maxBytes());
                Optional<Picture> picture = ImageFormat.of(bytes).map(format -> Picture.check(bytes, limits));
                images.add(image(
                        path,
                        file,
                        filedUnder,
                        picture.map(Picture::width).orElse(0),
                        picture.map(Picture::height).orElse(0)));
            } catch (GazeException broken) {
                return Optional.empty();
            }
        }
        paths.stream().map(uploads::resolve).forEach(ImageFiler::sweep);
        return Optional.of(images);
    }

    /**
     * Removes what a job had begun to file and cannot finish.
     *
     * @param paths what it had reserved
     */
    public void discard(List<String> paths) {
        for (String path : paths) {
            Path file = uploads.resolve(path);
            DurableFile.delete(file);
            DurableFile.delete(sidecar(file));
            sweep(file);
        }
    }

    /** The first name of this second that may be free; the many before it need not be looked at again. */
    private ImageName next(String folder) {
        ImageName first = new ImageName(time.now().getEpochSecond(), 1);
        Latest last = latest.get();
        return last != null && last.folder.equals(folder) && last.name.second() == first.second()
                ? last.name.next()
                : first;
    }

    private static void sweep(Path file) {
        Path folder = Objects.requireNonNull(file.getParent());
        DurableFile.sweep(folder);
        DurableFile.sweep(folder.resolve(STATE));
    }

    private static boolean fit(List<String> paths, List<RenderedFile> files) {
        if (paths.size() != files.size()) {
            return false;
        }
        for (int i = 0; i < paths.size(); i++) {
            if (!paths.get(i).endsWith("." + files.get(i).extension())) {
                return false;
            }
        }
        return true;
    }

    private static List<String> extensions(List<RenderedFile> files) {
        return files.stream().map(RenderedFile::extension).toList();
    }

    private static List<String> paths(String folder, ImageName first, List<String> extensions) {
        List<String> paths = new ArrayList<>();
        ImageName name = first;
        for (String extension : extensions) {
            paths.add(folder + "/" + name.stem() + "." + extension);
            name = name.next();
        }
        return paths;
    }

    /** Kept results; temporary previews only when the workflow makes nothing else. */
    private static List<RenderOutput> chosen(List<RenderOutput> outputs, List<Problem> warnings) {
        List<RenderOutput> kept = outputs.stream().filter(RenderOutput::kept).toList();
        if (!kept.isEmpty()) {
            return kept;
        }
        List<RenderOutput> temporary =
                outputs.stream().filter(output -> output.type().equals("temp")).toList();
        if (temporary.isEmpty()) {
            throw new GazeException(
                    Kind.FAILED,
                    Problem.of("The workflow ran to its end and made no file")
                            .fix("end the workflow template with a SaveImage node, whose images stay"));
        }
        warnings.add(Problem.of("The workflow saves nothing; its temporary preview images were taken instead")
                .fix("end the workflow template with a SaveImage node in place of PreviewImage"));
        return temporary;
    }

    /** Empty when somebody else's file stands where one of ours should go; none of ours is there then. */
    private Optional<List<Image>> write(List<RenderedFile> files, List<String> paths, Order order, boolean mayBeThere) {
        List<Path> written = new ArrayList<>();
        List<Image> images = new ArrayList<>();
        try {
            for (int i = 0; i < files.size(); i++) {
                Path target = uploads.resolve(paths.get(i));
                if (mayBeThere) {
                    sweep(target);
                }
                if (write(files.get(i), target, order.madeWith)) {
                    written.add(target);
                } else if (!mayBeThere) {
                    written.forEach(DurableFile::delete);
                    return Optional.empty();
                }
                images.add(image(
                        paths.get(i),
                        target,
                        order.filedUnder,
                        files.get(i).width(),
                        files.get(i).height()));
            }
        } catch (RuntimeException failure) {
            written.forEach(file -> remove(file, failure));
            throw failure;
        }
        return Optional.of(images);
    }

    private Image image(String path, Path file, @Nullable AssetKey filedUnder, int width, int height) {
        Instant made = ImageName.parse(stem(file)).map(ImageName::made).orElseGet(time::now);
        return new Image(new ImageId(path), file, filedUnder, width, height, made);
    }

    /** A stem is taken by a PNG or, for all other formats, by their sidecar: so two formats never share one. */
    private boolean areFree(List<String> paths) {
        return paths.stream()
                .map(uploads.root()::resolve) // made of checked parts; what is written is resolved once more
                .allMatch(file -> !Files.exists(file.resolveSibling(stem(file) + ".png"), LinkOption.NOFOLLOW_LINKS)
                        && !Files.exists(sidecar(file), LinkOption.NOFOLLOW_LINKS));
    }

    /** Writes one file; false when there is one already. */
    private static boolean write(RenderedFile file, Path target, MadeWith madeWith) {
        if (file.isPng()) {
            return DurableFile.create(target, madeWith.into(file.bytes()));
        }
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        DurableFile.write(sidecar(target), Json.pretty(JsonObject.of(MadeWith.KEYWORD, madeWith.json())));
        try {
            return DurableFile.create(target, file.bytes());
        } catch (RuntimeException failure) {
            remove(sidecar(target), failure);
            throw failure;
        }
    }

    private static Path sidecar(Path file) {
        return file.resolveSibling(STATE).resolve(stem(file) + ".json");
    }

    private static String stem(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.lastIndexOf('.'));
    }

    private static void remove(Path file, RuntimeException because) {
        try {
            DurableFile.delete(file);
        } catch (GazeException alsoFailed) {
            because.addSuppressed(alsoFailed);
        }
    }
}
