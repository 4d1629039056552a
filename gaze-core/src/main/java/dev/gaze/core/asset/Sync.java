package dev.gaze.core.asset;

import dev.gaze.api.asset.AssetData;
import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.asset.SyncProgress;
import dev.gaze.api.asset.SyncReport;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.asset.AssetReader.Content;
import dev.gaze.core.asset.AssetReader.Reading;
import dev.gaze.core.asset.FolderListing.Found;
import dev.gaze.core.asset.IndexTable.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final Instant began;
    private final Map<String, Before> touched = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private boolean many;

    Sync(Shelf shelf) {
        this.shelf = shelf;
        this.began = shelf.now();
    }

    /** What stood in the index under a slug before this sync; nothing when the entry is null. */
    private record Before(@Nullable Entry entry) {}

    /**
     * A file to look at.
     *
     * @param file what it looks like
     * @param known its entry, when only the sidecar changed
     */
    private record Task(Found file, @Nullable Entry known) {}

    /**
     * What became of a file.
     *
     * @param file its name
     * @param entry what it holds; null when it holds no asset
     * @param problems why not, and what is wrong with its sidecar
     */
    private record Outcome(String file, @Nullable Entry entry, List<Problem> problems) {}

    // All files ------------------------------------------------------------------------------------------------------

    SyncReport all(FolderListing listing, ExecutorService threads, Consumer<SyncProgress> progress) {
        problems.addAll(listing.problems());
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
            many = tasks.size() + gone.size() > WORTH_SORTING_ANEW;
            gone.forEach(entry -> set(entry.slug(), null));
            tasks.sort(Comparator.comparing(task -> task.file.name()));
            read(tasks, listing, threads, progress);
            modelsWithoutJson(listing.sidecars()::get);
        }
        return report(shelf.index().size());
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
                waiting.remove(outcome.file);
                settle(outcome, waiting);
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
            modelsWithoutJson(shelf.sidecars()::look);
        }
        return report(shelf.index().find(slug).isPresent() ? 1 : 0);
    }

    /** Reads one file whose slug is not known. */
    SyncReport file(String file) {
        one(file, shelf.index().ofFile(file));
        return report(1);
    }

    /** Reads the file whatever it looks like: whoever asks for one file has a reason to. */
    private void one(String file, @Nullable Entry known) {
        Found found = FolderListing.look(shelf.folder(), file, problems);
        if (found == null) {
            if (known != null) {
                set(known.slug(), null);
            }
            return;
        }
        Outcome outcome = look(new Task(found, null), shelf.sidecars()::look);
        Entry entry = outcome.entry;
        boolean same = known != null && entry != null && known.sameContent(entry);
        if (same && known.stamp().looksLike(found)) {
            problems.addAll(outcome.problems);
        } else {
            settle(outcome, Set.of());
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
            entry = entry.with(sidecar(entry.slug(), sidecars.apply(entry.slug()), found));
        }
        return new Outcome(task.file.name(), entry, found);
    }

    private Entry.@Nullable Sidecar sidecar(String slug, @Nullable Found file, List<Problem> found) {
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

    private static boolean sidecarLooksLike(Entry entry, @Nullable Found file) {
        Entry.Sidecar known = entry.sidecar();
        return file == null ? known == null : known != null && known.stamp().looksLike(file);
    }

    // Filing ---------------------------------------------------------------------------------------------------------

    /**
     * Files what became of a file.
     *
     * @param outcome what it holds
     * @param waiting files that have not been settled yet; what the index says of them may be out of date
     */
    private void settle(Outcome outcome, Set<String> waiting) {
        problems.addAll(outcome.problems);
        Entry entry = outcome.entry;
        Entry known = shelf.index().ofFile(outcome.file);
        if (known != null && (entry == null || !entry.slug().equals(known.slug()))) {
            set(known.slug(), null);
        }
        if (entry == null) {
            return;
        }
        Entry holder = shelf.index().find(entry.slug()).orElse(null);
        String other = holder == null ? null : holder.file();
        if (other == null || other.equals(outcome.file)) {
            set(entry.slug(), entry);
        } else if (other.compareTo(outcome.file) < 0) {
            duplicate(entry.slug(), other, outcome.file);
        } else {
            set(entry.slug(), entry);
            if (!waiting.contains(other)) {
                duplicate(entry.slug(), outcome.file, other);
            }
        }
    }

    private void duplicate(String slug, String loaded, String leftOut) {
        problems.add(new Problem(
                "'%s' has the same slug '%s' as '%s', which comes first and is loaded".formatted(leftOut, slug, loaded),
                shelf.reader().where(leftOut),
                "give one of the two another " + shelf.category().idKey()));
    }

    /** Model files that no asset names appear with default data, in categories that say so (G78). */
    private void modelsWithoutJson(Function<String, @Nullable Found> sidecars) {
        Function<String, AssetData> make = shelf.category().model().withoutJson();
        if (make == null) {
            return;
        }
        Set<String> gone = new HashSet<>();
        Set<String> named = new HashSet<>();
        for (Entry entry : shelf.index().all()) {
            if (entry.file() == null) {
                gone.add(entry.slug());
            } else {
                named.add(entry.model());
            }
        }
        for (String model : shelf.modelFiles()) {
            if (!named.contains(model)) {
                gone.remove(modelWithoutJson(model, make.apply(model), sidecars));
            }
        }
        gone.forEach(slug -> set(slug, null));
    }

    private String modelWithoutJson(String model, AssetData data, Function<String, @Nullable Found> sidecars) {
        String slug = shelf.category().slug(model);
        Entry holder = shelf.index().find(slug).orElse(null);
        if (holder != null && (holder.file() != null || !holder.model().equals(model))) {
            problems.add(new Problem(
                    "Model file '%s' has the same slug '%s' as '%s', which is loaded"
                            .formatted(model, slug, holder.file() == null ? holder.model() : holder.file()),
                    model,
                    "rename the model file"));
            return slug;
        }
        String name = data.json()
                .get(shelf.category().nameKey())
                .filter(JsonText.class::isInstance)
                .map(text -> ((JsonText) text).value())
                .orElse(model);
        Found sidecarFile = sidecars.apply(slug);
        Entry.Sidecar sidecar = holder != null && sidecarLooksLike(holder, sidecarFile)
                ? holder.sidecar()
                : sidecar(slug, sidecarFile, problems);
        Entry entry = new Entry(slug, model, name, null, FileStamp.NONE, ContentHash.NONE, "", model, sidecar);
        if (!entry.equals(holder)) {
            set(slug, entry);
        }
        return slug;
    }

    private void set(String slug, @Nullable Entry entry) {
        Entry there = shelf.index().find(slug).orElse(null);
        touched.putIfAbsent(slug, new Before(there));
        if (many) {
            shelf.index().putUnsorted(slug, entry);
        } else {
            shelf.index().put(slug, entry);
        }
        shelf.copy().add(new Change(shelf.category().id(), slug, entry, there != null));
    }

    // The report -----------------------------------------------------------------------------------------------------

    /**
     * Ends the sync.
     *
     * @param looked how many assets were looked at
     */
    private SyncReport report(int looked) {
        shelf.copy().failure().ifPresent(problems::add);
        List<AssetKey> added = new ArrayList<>();
        List<AssetKey> changed = new ArrayList<>();
        List<AssetKey> removed = new ArrayList<>();
        touched.forEach((slug, before) -> {
            Entry was = before.entry;
            Entry is = shelf.index().find(slug).orElse(null);
            if (was == null && is != null) {
                added.add(shelf.key(slug));
            } else if (was != null && is == null) {
                removed.add(shelf.key(slug));
            } else if (was != null && is != null && !was.sameContent(is)) {
                changed.add(shelf.key(slug));
            }
        });
        int unchanged = Math.max(0, looked - added.size() - changed.size());
        return new SyncReport(added, changed, removed, unchanged, problems, Duration.between(began, shelf.now()));
    }
}
