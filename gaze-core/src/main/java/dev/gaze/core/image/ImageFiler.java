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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
    private final Set<Path> claimed = ConcurrentHashMap.newKeySet();

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

    /**
     * Fetches, checks and files the outputs of a run.
     *
     * @param outputs every file of every output node
     * @param filedUnder the asset the picture is made for; null for none
     * @param madeWith what is remembered with each image
     * @return the images on disk
     * @throws GazeException {@code FAILED} when there is no output, or one is broken, cut short or too large, or the
     *     disk is full; {@code UNAVAILABLE} when the server went away; nothing is filed then
     */
    public Filed file(List<RenderOutput> outputs, @Nullable AssetKey filedUnder, MadeWith madeWith) {
        List<Problem> warnings = new ArrayList<>();
        List<RenderedFile> files = chosen(outputs, warnings).stream()
                .map(output -> RenderedFile.fetch(output, limits))
                .toList();
        Path folder = uploads.resolve(filedUnder == null ? NOBODYS : filedUnder.category() + "/" + filedUnder.slug());
        ImageName first = new ImageName(time.now().getEpochSecond(), 1);
        List<Image> images = new ArrayList<>();
        try {
            for (RenderedFile file : files) {
                images.add(write(file, folder, first, filedUnder, madeWith));
            }
        } catch (RuntimeException failure) {
            images.forEach(image -> remove(image.file(), failure));
            throw failure;
        }
        return new Filed(images, warnings);
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

    private Image write(
            RenderedFile file, Path folder, ImageName first, @Nullable AssetKey filedUnder, MadeWith madeWith) {
        for (ImageName name = first; ; name = name.next()) {
            Path claim = folder.resolve(name.stem());
            if (!claimed.add(claim)) {
                continue;
            }
            try {
                Path target = folder.resolve(name.stem() + "." + file.extension());
                if (isFree(folder, name) && write(file, target, sidecar(folder, name), madeWith)) {
                    ImageId id = new ImageId(
                            uploads.root().relativize(target).toString().replace('\\', '/'));
                    return new Image(id, target, filedUnder, file.width(), file.height(), name.made());
                }
            } finally {
                claimed.remove(claim);
            }
        }
    }

    /** A stem is taken by a PNG or, for all other formats, by their sidecar: so two formats never share one. */
    private static boolean isFree(Path folder, ImageName name) {
        return !Files.exists(folder.resolve(name.stem() + ".png"), LinkOption.NOFOLLOW_LINKS)
                && !Files.exists(sidecar(folder, name), LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean write(RenderedFile file, Path target, Path sidecar, MadeWith madeWith) {
        if (file.isPng()) {
            return DurableFile.create(target, madeWith.into(file.bytes()));
        }
        if (!DurableFile.create(sidecar, Json.pretty(JsonObject.of(MadeWith.KEYWORD, madeWith.json())))) {
            return false;
        }
        try {
            if (DurableFile.create(target, file.bytes())) {
                return true;
            }
        } catch (RuntimeException failure) {
            remove(sidecar, failure);
            throw failure;
        }
        DurableFile.delete(sidecar);
        return false;
    }

    private static Path sidecar(Path folder, ImageName name) {
        return folder.resolve(STATE).resolve(name.stem() + ".json");
    }

    private static void remove(Path file, RuntimeException because) {
        try {
            DurableFile.delete(file);
        } catch (GazeException alsoFailed) {
            because.addSuppressed(alsoFailed);
        }
    }
}
