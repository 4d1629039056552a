package dev.gaze.core.image;

import dev.gaze.api.time.Time;
import dev.gaze.core.file.Confined;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds names for the files of jobs that nobody has used, and reserves them. Safe for use by several threads. */
final class Naming {
    /** The folder of sidecars, beside the files. */
    static final String STATE = ".state";

    private final Confined uploads;
    private final Time time;
    private final AtomicReference<@Nullable Latest> latest = new AtomicReference<>();

    /** Names of files in a folder, by a clock that says which second it is. */
    Naming(Confined uploads, Time time) {
        this.uploads = uploads;
        this.time = time;
    }

    /** The name that was tried last, in which folder. */
    private record Latest(String folder, ImageName name) {}

    /**
     * Names that were reserved.
     *
     * @param first where they begin
     * @param paths below the uploads folder
     */
    record Taken(ImageName first, List<String> paths) {}

    /** Reserves names of this second. */
    Taken reserve(String folder, List<String> extensions, ImageFiler.Names names) {
        return reserve(next(folder, names), folder, extensions, names, taken -> {});
    }

    /** Reserves names in place of those that were taken, as the files turned out to be of other formats. */
    Taken instead(Taken of, String folder, List<String> extensions, ImageFiler.Names names) {
        return reserve(of.first, folder, extensions, names, taken -> {});
    }

    /** Reserves names of this second while something else is done. */
    Reserving reserve(String folder, List<String> extensions, ImageFiler.Names names, Executor beside) {
        CompletableFuture<Taken> taken = new CompletableFuture<>();
        CompletableFuture<Taken> certain = CompletableFuture.supplyAsync(
                () -> reserve(next(folder, names), folder, extensions, names, taken::complete), beside);
        certain.whenComplete((all, failure) -> {
            if (failure == null) {
                taken.complete(all);
            } else {
                taken.completeExceptionally(failure);
            }
        });
        return new Reserving(taken, certain);
    }

    /**
     * Names on their way to a job.
     *
     * @param taken when files may be written under them
     * @param certain when files may be moved into place
     */
    record Reserving(CompletableFuture<Taken> taken, CompletableFuture<Taken> certain) {

        /** Waits until files may be written. */
        Taken awaitTaken() {
            return await(taken);
        }

        /** Waits until files may be moved into place. */
        void awaitCertain() {
            await(certain);
        }

        private static Taken await(CompletableFuture<Taken> names) {
            try {
                return names.join();
            } catch (CompletionException failure) {
                if (failure.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw failure;
            }
        }
    }

    /** The first name, or the next after it that nobody has used. */
    private Taken reserve(
            ImageName first,
            String folder,
            List<String> extensions,
            ImageFiler.Names names,
            Consumer<Taken> meanwhile) {
        for (ImageName name = first; ; name = after(name, next(folder, names))) {
            Taken taken = new Taken(name, paths(folder, name, extensions));
            if (areFree(taken.paths) && names.reserve(taken.paths, () -> meanwhile.accept(taken))) {
                return taken;
            }
        }
    }

    /** So that no name is tried twice, though jobs of other folders ask for names, too. */
    private static ImageName after(ImageName tried, ImageName next) {
        return next.second() == tried.second() && next.number() <= tried.number() ? tried.next() : next;
    }

    /** A name of this second that nobody else tries at the same time; the many before it need not be looked at again. */
    private ImageName next(String folder, ImageFiler.Names names) {
        long second = Math.max(time.now().getEpochSecond(), names.sent().getEpochSecond());
        ImageName first = new ImageName(second, 1);
        return latest.updateAndGet(
                        last -> last != null && last.folder.equals(folder) && last.name.second() == first.second()
                                ? new Latest(folder, last.name.next())
                                : new Latest(folder, first))
                .name;
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

    /** A stem is taken by a PNG or, for all other formats, by their sidecar: so two formats never share one. */
    private boolean areFree(List<String> paths) {
        return paths.stream()
                .map(uploads.root()::resolve) // made of checked parts; what is written is resolved once more
                .allMatch(file -> !Files.exists(file.resolveSibling(stem(file) + ".png"), LinkOption.NOFOLLOW_LINKS)
                        && !Files.exists(sidecar(file), LinkOption.NOFOLLOW_LINKS));
    }

    /** Where stands what made a file that has no place for it. */
    static Path sidecar(Path file) {
        return file.resolveSibling(STATE).resolve(stem(file) + ".json");
    }

    /** The name of a file without its extension. */
    static String stem(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.lastIndexOf('.'));
    }
}
