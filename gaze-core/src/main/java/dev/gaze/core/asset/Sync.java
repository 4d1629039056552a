package dev.gaze.core.asset;

import dev.gaze.api.asset.SyncProgress;
import dev.gaze.api.asset.SyncReport;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.asset.AssetReader.Content;
import dev.gaze.core.asset.AssetReader.Reading;
import dev.gaze.core.asset.Filing.Outcome;
import dev.gaze.core.asset.FolderListing.Found;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Brings the index of one category in line with its files, and tells what was different. Used once, under the lock of
 * the shelf.
 *
 * <p>A file that looks as it did when it was read is not read again. The others are read and parsed by several threads
 * and filed by this one in the order of their names, so that of two files with one slug the first by name wins, whatever
 * the threads did. Files that gave no asset are not in the index and are therefore read by every sync, which is how
 * their problems are told until somebody mends them.
 */
final class Sync {
    private static final int FILES_PER_TASK = 200;
    private static final int WORTH_SORTING_ANEW = 50;

    private final Shelf shelf;
    private final Filing filing;

    Sync(Shelf shelf) {
        this.shelf = shelf;
        this.filing = new Filing(shelf);
    }

    /**
     * A file to look at.
     *
     * @param file what it looks like
     * @param known its entry, when only the sidecar changed
     */
    private record Task(Found file, @Nullable Entry known) {}

    // All files ------------------------------------------------------------------------------------------------------

    SyncReport all(FolderListing listing, ExecutorService threads, Consumer<SyncProgress> progress) {
        filing.problems().addAll(listing.problems());
        if (listing.complete()) {
            List<Task> tasks = new ArrayList<>();
            int seen = 0;
            for (Found file : listing.files()) {
                Entry known = shelf.index().ofFile(file.name());
                seen += known == null ? 0 : 1;
                if (known == null || !known.stamp().looksLike(file)) {
                    tasks.add(new Task(file, null));
                } else if (!sidecarLooksLike(known, listing.sidecars().get(known.slug()))) {
                    tasks.add(new Task(file, known));
                }
            }
            List<Entry> gone = seen == shelf.index().withFile().size() ? List.of() : gone(listing);
            if (tasks.size() + gone.size() > WORTH_SORTING_ANEW) {
                filing.expectMany();
            }
            gone.forEach(entry -> filing.set(entry.slug(), null));
            tasks.sort(Comparator.comparing(task -> task.file.name()));
            read(tasks, listing, threads, progress);
            new ModelsWithoutJson(
                            shelf,
                            filing,
                            slug -> sidecar(slug, listing.sidecars().get(slug)))
                    .file();
        }
        return filing.report(shelf.index().size());
    }

    private List<Entry> gone(FolderListing listing) {
        Set<String> there = new HashSet<>();
        listing.files().forEach(file -> there.add(file.name()));
        return shelf.index().withFile().stream()
                .filter(entry -> !there.contains(entry.file()))
                .toList();
    }

    private void read(
            List<Task> tasks, FolderListing listing, ExecutorService threads, Consumer<SyncProgress> progress) {
        int total = listing.files().size();
        int done = total - tasks.size();
        progress.accept(new SyncProgress(shelf.category().id(), done, total));
        Set<String> waiting = new HashSet<>(tasks.size() * 2);
        tasks.forEach(task -> waiting.add(task.file.name()));
        List<Callable<List<Outcome>>> pieces = new ArrayList<>();
        for (int from = 0; from < tasks.size(); from += FILES_PER_TASK) {
            List<Task> piece = tasks.subList(from, Math.min(tasks.size(), from + FILES_PER_TASK));
            pieces.add(() -> piece.stream()
                    .map(task -> look(task, listing.sidecars()::get))
                    .toList());
        }
        int[] counted = {done};
        SyncThreads.inOrder(pieces, threads, outcomes -> {
            for (Outcome outcome : outcomes) {
                waiting.remove(outcome.file());
                filing.settle(outcome, waiting);
            }
            counted[0] += outcomes.size();
            progress.accept(new SyncProgress(shelf.category().id(), counted[0], total));
        });
    }

    // One file -------------------------------------------------------------------------------------------------------

    SyncReport one(String slug) {
        Entry entry = shelf.index().find(slug).orElse(null);
        String file = entry == null || entry.file() == null ? slug + FolderListing.EXTENSION : entry.file();
        one(file, entry == null || entry.file() == null ? null : entry);
        if (shelf.index().find(slug).filter(now -> now.file() != null).isEmpty()) {
            new ModelsWithoutJson(
                            shelf,
                            filing,
                            of -> readSidecar(of, shelf.sidecars().look(of), filing.problems()))
                    .file();
        }
        return filing.report(shelf.index().find(slug).isPresent() ? 1 : 0);
    }

    /** Reads one file whose slug is not known. */
    SyncReport file(String file) {
        one(file, shelf.index().ofFile(file));
        return filing.report(1);
    }

    /** Reads the file whatever it looks like: whoever asks for one file has a reason to. */
    private void one(String file, @Nullable Entry known) {
        Found found = FolderListing.look(shelf.folder(), file, filing.problems());
        if (found == null) {
            if (known != null) {
                filing.set(known.slug(), null);
            }
            return;
        }
        Outcome outcome = look(new Task(found, null), shelf.sidecars()::look);
        Entry entry = outcome.entry();
        boolean same = known != null && entry != null && known.sameContent(entry);
        if (same && known.stamp().looksLike(found)) {
            filing.problems().addAll(outcome.problems());
        } else {
            filing.settle(outcome, Set.of());
        }
    }

    // What a file holds ----------------------------------------------------------------------------------------------

    private Outcome look(Task task, Function<String, @Nullable Found> sidecars) {
        Entry entry = task.known;
        List<Problem> found = new ArrayList<>();
        if (entry == null) {
            Found file = task.file;
            FileStamp stamp = new FileStamp(file.size(), file.modified(), FileStamp.nanos(shelf.now()));
            Reading reading = shelf.reader().read(shelf.folder(), file.name());
            found.addAll(reading.problems());
            Content content = reading.content();
            entry = content == null ? null : content.entry(shelf.category(), file.name(), stamp, null);
        }
        if (entry != null) {
            entry = entry.with(readSidecar(entry.slug(), sidecars.apply(entry.slug()), found));
        }
        return new Outcome(task.file.name(), entry, found);
    }

    private Entry.@Nullable Sidecar readSidecar(String slug, @Nullable Found file, List<Problem> found) {
        if (file == null) {
            return null;
        }
        try {
            return shelf.sidecars().read(slug).line();
        } catch (GazeException broken) {
            found.addAll(broken.problems());
            return null;
        }
    }

    /** What the index knows of a sidecar, if it looks the same; else what it holds now. */
    private Entry.@Nullable Sidecar sidecar(String slug, @Nullable Found file) {
        Entry known = shelf.index().find(slug).orElse(null);
        return known != null && sidecarLooksLike(known, file)
                ? known.sidecar()
                : readSidecar(slug, file, filing.problems());
    }

    private static boolean sidecarLooksLike(Entry entry, @Nullable Found file) {
        Entry.Sidecar known = entry.sidecar();
        return file == null ? known == null : known != null && known.stamp().looksLike(file);
    }
}
