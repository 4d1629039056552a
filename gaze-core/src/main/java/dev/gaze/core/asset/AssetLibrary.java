package dev.gaze.core.asset;

import dev.gaze.api.asset.Asset;
import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.asset.AssetRepository;
import dev.gaze.api.asset.Category;
import dev.gaze.api.asset.SyncProgress;
import dev.gaze.api.asset.SyncReport;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.NearestNames;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.time.Time;
import dev.gaze.core.file.DurableFile;
import dev.gaze.core.plugin.Installed;
import dev.gaze.core.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All assets of a library. Safe for use by several threads.
 *
 * <p>Opening takes the lock, finishes what a crash interrupted, reads the index from the database and syncs it with the
 * files. Folders are looked at while the database opens; a library that has no database yet is read while one is made.
 */
public final class AssetLibrary implements AutoCloseable {
    private final @Nullable LibraryLock lock;
    private final @Nullable CompletableFuture<OpenIndex> database;
    private final ThreadPoolExecutor threads;
    private final Map<String, Shelf> shelves = new LinkedHashMap<>();
    private final Map<String, AssetRepository> repositories = new LinkedHashMap<>();
    private final Map<String, Recovery> recoveries = new HashMap<>();
    private final Intents intents;
    private final List<Problem> openingProblems = new ArrayList<>();
    private SyncReport opened = SyncReport.NOTHING;
    private volatile boolean closed;

    /** The open database, and what it knew of the assets. */
    private record OpenIndex(Database database, IndexTable table, Map<String, List<Entry>> entries) {
        static OpenIndex of(Path file, Consumer<Problem> warnings) {
            Map<String, List<Entry>> entries = new HashMap<>();
            Database database = Database.open(file, warnings, open -> {
                entries.clear();
                entries.putAll(new IndexTable(open.jdbi()).load());
            });
            return new OpenIndex(database, new IndexTable(database.jdbi()), entries);
        }
    }

    private AssetLibrary(LibraryFolders folders, Installed installed, ModelRoots roots, Time time, boolean readOnly) {
        threads = threads();
        if (readOnly) {
            lock = null;
            database = null;
        } else {
            makeFolders(folders);
            lock = LibraryLock.take(folders.gaze(), folders.root(), time.now());
            database = CompletableFuture.supplyAsync(() -> OpenIndex.of(indexFile(folders), this::warn), threads);
        }
        IndexCopy copy = new IndexCopy(database == null ? null : database.thenApply(OpenIndex::table));
        Documents documents = new Documents();
        for (Category category : installed.categories()) {
            shelves.put(category.id(), new Shelf(category, folders.of(category), copy, documents, roots, time::now));
        }
        Intents intents = new Intents(folders.data());
        Covers covers = new Covers(folders.uploads());
        shelves.forEach((name, shelf) -> {
            Renaming renaming = new Renaming(shelf, intents, folders.uploads());
            Deletion deletion = new Deletion(shelf, intents, shelves.values());
            repositories.put(name, new ShelfRepository(this, shelf, renaming, deletion, covers));
            if (!readOnly) {
                recoveries.put(name, new Recovery(renaming, deletion));
            }
        });
        this.intents = intents;
    }

    /**
     * Opens the assets of a library and syncs them. Broken files are told by {@link #opened}, not thrown.
     *
     * @param folders where everything lies; missing folders are made, unless read-only
     * @param installed the categories
     * @param roots ComfyUI's model folders on this machine
     * @param time the clock
     * @param readOnly opens beside a writer: nothing is written, and the index lives in memory only
     * @param progress told how far the sync is
     * @return the open library
     * @throws GazeException {@code CONFLICT} when somebody else has it open for writing
     */
    public static AssetLibrary open(
            LibraryFolders folders,
            Installed installed,
            ModelRoots roots,
            Time time,
            boolean readOnly,
            Consumer<SyncProgress> progress) {
        AssetLibrary library = new AssetLibrary(folders, installed, roots, time, readOnly);
        try {
            library.begin(!readOnly && Database.exists(indexFile(folders)), progress);
            return library;
        } catch (RuntimeException failure) {
            library.close();
            throw failure;
        }
    }

    // What it holds --------------------------------------------------------------------------------------------------

    /**
     * The categories.
     *
     * @return in their order
     */
    public List<Category> categories() {
        return shelves.values().stream().map(Shelf::category).toList();
    }

    /**
     * The assets of one category.
     *
     * @param category its name
     * @return the repository
     * @throws GazeException {@code NOT_FOUND} when there is no such category, with the nearest names
     */
    public AssetRepository repository(String category) {
        AssetRepository repository = repositories.get(category);
        if (repository == null) {
            throw new GazeException(
                    Kind.NOT_FOUND,
                    Problem.of("There is no category '" + category + "'")
                            .fix(NearestNames.fix(category, repositories.keySet(), "categories")));
        }
        return repository;
    }

    /**
     * Looks an asset up.
     *
     * @param key its category and slug
     * @return the asset; empty when there is none, or no such category
     */
    public Optional<Asset> find(AssetKey key) {
        return Optional.ofNullable(shelves.get(key.category())).flatMap(shelf -> shelf.find(key.slug()));
    }

    // Sync -----------------------------------------------------------------------------------------------------------

    /**
     * What the sync that belongs to opening found.
     *
     * @return its report, with what else was noticed while opening among the problems
     */
    public SyncReport opened() {
        return opened;
    }

    /**
     * Reads what changed on disk in every category.
     *
     * @param progress told how far it is
     * @return what was found
     */
    public SyncReport sync(Consumer<SyncProgress> progress) {
        SyncReport report = SyncReport.NOTHING;
        for (Shelf shelf : shelves.values()) {
            report = report.plus(sync(shelf, progress));
        }
        return report;
    }

    /** Reads what changed on disk in one category. */
    SyncReport sync(Shelf shelf, Consumer<SyncProgress> progress) {
        requireOpen();
        shelf.changing().lock();
        try (Sync sync = new Sync(shelf)) {
            return sync.all(listing(shelf), threads, progress);
        } finally {
            shelf.changing().unlock();
        }
    }

    /** Ends the threads, closes the database and lets the lock go. May be called more than once. */
    @Override
    public void close() {
        closed = true;
        shelves.values().forEach(shelf -> shelf.changing().lock());
        try {
            closeDatabase();
        } finally {
            threads.shutdownNow();
            if (lock != null) {
                lock.close();
            }
            shelves.values().forEach(shelf -> shelf.changing().unlock());
        }
    }

    boolean isReadOnly() {
        return lock == null;
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("This library is closed");
        }
    }

    // Opening --------------------------------------------------------------------------------------------------------

    private void begin(boolean hasIndex, Consumer<SyncProgress> progress) {
        if (!isReadOnly()) {
            intents.left(this::warn).forEach(this::recover);
        }
        Map<Shelf, FolderListing> listings = new LinkedHashMap<>();
        shelves.values().forEach(shelf -> listings.put(shelf, listing(shelf)));
        if (hasIndex) {
            recall();
        }
        SyncReport report = SyncReport.NOTHING;
        for (Map.Entry<Shelf, FolderListing> looked : listings.entrySet()) {
            Shelf shelf = looked.getKey();
            if (!isReadOnly()) {
                looked.getValue().leftovers().forEach(DurableFile::removeIfAbandoned);
            }
            shelf.changing().lock();
            try (Sync sync = new Sync(shelf)) {
                report = report.plus(sync.all(looked.getValue(), threads, progress));
            } finally {
                shelf.changing().unlock();
            }
        }
        awaitIndex();
        synchronized (openingProblems) {
            opened = new SyncReport(List.of(), List.of(), List.of(), 0, openingProblems, java.time.Duration.ZERO)
                    .plus(report);
        }
    }

    private void recover(Intents.Left left) {
        Recovery recovery = recoveries.get(left.intent().category());
        if (recovery == null) {
            return; // its plugin is away; the intent waits for it
        }
        try {
            recovery.run(left.intent());
            intents.settle(left.file());
        } catch (GazeException failure) {
            failure.problems().forEach(this::warn);
        }
    }

    /** Those who can finish what a crash interrupted. */
    private record Recovery(Renaming renaming, Deletion deletion) {
        void run(Intent intent) {
            if (intent instanceof Intent.Rename rename) {
                renaming.recover(rename);
            } else {
                deletion.recover((Intent.Delete) intent);
            }
        }
    }

    private void recall() {
        Map<String, List<Entry>> known = awaitIndex();
        known.forEach((category, entries) -> {
            Shelf shelf = shelves.get(category);
            if (shelf != null) { // a category whose plugin is away for a while keeps its rows
                entries.forEach(entry -> shelf.index().putUnsorted(entry.slug(), entry));
            }
        });
        known.clear();
    }

    private Map<String, List<Entry>> awaitIndex() {
        try {
            return database == null ? Map.of() : database.join().entries();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof GazeException told ? told : failure;
        }
    }

    private void closeDatabase() {
        if (database != null) {
            try {
                database.join().database().close();
            } catch (CompletionException neverOpened) {
                openingProblems.clear();
            }
        }
    }

    private static FolderListing listing(Shelf shelf) {
        return FolderListing.of(shelf.folder(), Sidecars.folder(shelf.folder()));
    }

    private void warn(Problem problem) {
        synchronized (openingProblems) {
            openingProblems.add(problem);
        }
    }

    private static Path indexFile(LibraryFolders folders) {
        return folders.gaze().resolve("index");
    }

    private static void makeFolders(LibraryFolders folders) {
        for (Path folder : List.of(folders.data(), folders.uploads(), folders.gaze())) {
            try {
                Files.createDirectories(folder);
            } catch (IOException failure) {
                throw DurableFile.failed("make the folder", folder, failure);
            }
        }
    }

    private static ThreadPoolExecutor threads() {
        int cores = Runtime.getRuntime().availableProcessors();
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(cores + 1, cores + 1, 2, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "gaze-sync");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }
}
