package dev.gaze.core.image;

import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.backend.RenderOutput;
import dev.gaze.api.image.Image;
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
import java.util.Optional;
import java.util.concurrent.Executor;
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

    private final Confined uploads;
    private final ImageLimits limits;
    private final Naming naming;
    private final LeftFiles left;

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
        naming = new Naming(this.uploads, time);
        left = new LeftFiles(this.uploads, limits, time);
    }

    /**
     * What jobs have left whose process died while it filed.
     *
     * @return of the same folder
     */
    public LeftFiles left() {
        return left;
    }

    /** Where the files of an asset go, below uploads. */
    static String folder(@Nullable AssetKey filedUnder) {
        return filedUnder == null ? NOBODYS : filedUnder.category() + "/" + filedUnder.slug();
    }

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

    /** The names of a job's files, which it has before the first of them is in place. */
    public interface Names {
        /**
         * What was reserved before, by this process or by one that died while it filed.
         *
         * @return paths below the uploads folder, one for each file; empty when nothing was
         */
        List<String> reserved();

        /**
         * Takes names in place of those it had before.
         *
         * @param paths below the uploads folder, one for each file
         * @param meanwhile run as soon as the files may be written, if not moved into place: that may be done when this
         *     returns
         * @return false when another job has reserved one of them
         * @throws GazeException when nothing is to be filed any more
         */
        boolean reserve(List<String> paths, Runnable meanwhile);

        /**
         * No name tells of an earlier time, whatever is done to the clock: so a file of the job can be found again.
         *
         * @return when the job was sent
         */
        Instant sent();

        /**
         * Called at the moment before a file is moved into place.
         *
         * @throws GazeException when nothing is to be filed any more
         */
        void lastLook();

        /**
         * Whether another turn of the job may have gone on with what is in place already.
         *
         * @return true when it must not be removed
         */
        boolean isLetGo();
    }

    /**
     * Fetches, checks and files the outputs of a run. Files of the job that are there already under the reserved names
     * were moved into place before a crash, and stay.
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
    private record Order(@Nullable AssetKey filedUnder, MadeWith madeWith, Names names) {}

    /** The names go to the disk while the files are fetched, and while the first of them is written. */
    private List<Image> anew(List<RenderOutput> outputs, Order order, Executor beside) {
        Naming.Reserving reserving = naming.reserve(
                folder(order.filedUnder),
                outputs.stream().map(RenderedFile::expected).toList(),
                order.names,
                beside);
        try {
            List<RenderedFile> files = fetch(outputs);
            Naming.Taken taken = reserving.awaitTaken();
            return fit(taken.paths(), files)
                    ? write(files, taken, order, reserving::awaitCertain)
                    : writeInstead(files, reserving, order);
        } finally {
            reserving.awaitCertain(); // throws when nothing may be filed, which says more than what went wrong else
        }
    }

    private List<Image> writeInstead(List<RenderedFile> files, Naming.Reserving expected, Order order) {
        expected.awaitCertain();
        Naming.Taken taken =
                naming.instead(expected.awaitTaken(), folder(order.filedUnder), extensions(files), order.names);
        return write(files, taken, order, () -> {});
    }

    private List<Image> goOn(List<RenderOutput> outputs, Order order, List<String> before) {
        List<RenderedFile> files = fetch(outputs);
        left.sweepBeside(before);
        Optional<List<Image>> images = fit(before, files) ? write(files, before, order, () -> {}) : Optional.empty();
        if (images.isPresent()) {
            return images.get();
        }
        left.discardReserved(order.madeWith.job(), before);
        return write(files, reserve(files, order), order, () -> {});
    }

    private List<RenderedFile> fetch(List<RenderOutput> outputs) {
        return outputs.stream()
                .map(output -> RenderedFile.fetch(output, limits))
                .toList();
    }

    private Naming.Taken reserve(List<RenderedFile> files, Order order) {
        return naming.reserve(folder(order.filedUnder), extensions(files), order.names);
    }

    private List<Image> write(List<RenderedFile> files, Naming.Taken taken, Order order, Runnable lastLook) {
        Optional<List<Image>> images = write(files, taken.paths(), order, lastLook);
        while (images.isEmpty()) { // somebody else has put a file there since we looked
            lastLook.run(); // one reservation after the other
            images = write(files, reserve(files, order).paths(), order, () -> {});
        }
        return images.get();
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
    private Optional<List<Image>> write(List<RenderedFile> files, List<String> paths, Order order, Runnable lastLook) {
        List<String> written = new ArrayList<>();
        List<Image> images = new ArrayList<>();
        try {
            for (int i = 0; i < files.size(); i++) {
                Path target = uploads.resolve(paths.get(i));
                Runnable look = () -> {
                    lastLook.run();
                    order.names.lastLook();
                };
                if (write(files.get(i), target, order.madeWith, look)) {
                    written.add(paths.get(i));
                } else if (!left.isOf(
                        target, order.madeWith.job())) { // otherwise another turn of the job has put it there
                    written.forEach(path -> left.discard(order.madeWith.job(), path));
                    return Optional.empty();
                }
                images.add(left.image(
                        paths.get(i),
                        target,
                        order.filedUnder,
                        files.get(i).width(),
                        files.get(i).height()));
            }
        } catch (RuntimeException failure) {
            if (!order.names.isLetGo()) { // the next turn has taken over what is there
                written.forEach(path -> alsoTry(failure, () -> left.discard(order.madeWith.job(), path)));
            }
            throw failure;
        }
        return Optional.of(images);
    }

    /** Writes one file; false when there is one already. */
    private static boolean write(RenderedFile file, Path target, MadeWith madeWith, Runnable lastLook) {
        if (file.isPng()) {
            return DurableFile.create(target, madeWith.into(file.bytes()), lastLook);
        }
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        DurableFile.write(
                Naming.sidecar(target), Json.pretty(JsonObject.of(MadeWith.KEYWORD, madeWith.json())), lastLook);
        try {
            boolean created = DurableFile.create(target, file.bytes(), lastLook);
            if (!created) { // what somebody else has put there must not seem to be the job's
                DurableFile.delete(Naming.sidecar(target));
            }
            return created;
        } catch (RuntimeException failure) {
            alsoTry(failure, () -> DurableFile.delete(Naming.sidecar(target)));
            throw failure;
        }
    }

    private static void alsoTry(RuntimeException because, Runnable removing) {
        try {
            removing.run();
        } catch (GazeException alsoFailed) {
            because.addSuppressed(alsoFailed);
        }
    }
}
