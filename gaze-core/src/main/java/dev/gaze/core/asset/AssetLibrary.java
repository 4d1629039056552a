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
import dev.gaze.core.plugin.Installed;
import dev.gaze.core.store.Database;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All assets of a library, from {@link #open} to {@link #close}. Safe for use by several threads.
 */
public final class AssetLibrary implements AutoCloseable {
    private final boolean readOnly;
    private final @Nullable LibraryLock lock;
    private final Others others;
    private final ThreadPoolExecutor threads;
    private final IndexCopy copy;
    private final Map<String, Shelf> shelves = new LinkedHashMap<>();
    private final Map<String, ShelfRepository> repositories = new LinkedHashMap<>();
    private @Nullable IndexDatabase database;
    private boolean hadDatabase;
    private SyncReport opened = SyncReport.NOTHING;
    private volatile boolean closed;

    /**
     * A library of which nothing is known yet.
     *
     * @param lock held by a writer who is alone
     * @param others who may write, too
     */
    AssetLibrary(
            LibraryFolders folders,
            Installed installed,
            ModelRoots roots,
            Time time,
            boolean readOnly,
            @Nullable LibraryLock lock,
            Others others) {
        this.readOnly = readOnly;
        this.lock = lock;
        this.others = others;
        this.threads = SyncThreads.make();
        this.copy = new IndexCopy(threads);
        Documents documents = new Documents();
        for (Category category : installed.categories()) {
            shelves.put(category.id(), new Shelf(category, folders.of(category), copy, documents, roots, time::now));
        }
        Intents intents = new Intents(folders.data(), others);
        Covers covers = new Covers(folders.uploads());
        shelves.forEach((name, shelf) -> repositories.put(
                name,
                new ShelfRepository(
                        this,
                        shelf,
                        new Renaming(shelf, intents, folders.uploads()),
                        new Deletion(shelf, intents, shelves.values()),
                        covers)));
    }

    /**
     * Opens the assets of a library and syncs them. Broken files are told by {@link #opened}, not thrown.
     *
     * @param folders where everything lies; missing folders are made, unless read-only
     * @param installed the categories
     * @param roots ComfyUI's model folders on this machine
     * @param time the clock
     * @param access beside a writer, alone, or as one of several
     * @param progress told how far the sync is
     * @return the open library
     * @throws GazeException {@code CONFLICT} when somebody else has it open for writing, alone; {@code UNAVAILABLE} when the
     *     server that is shared is away
     */
    public static AssetLibrary open(
            LibraryFolders folders,
            Installed installed,
            ModelRoots roots,
            Time time,
            Access access,
            Consumer<SyncProgress> progress) {
        return new Opening(folders, installed, roots, time, progress).open(access);
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
        ShelfRepository repository = repositories.get(category);
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
        return sync(List.copyOf(shelves.values()), progress);
    }

    /** Reads what changed on disk in some categories, given in the order of all. */
    SyncReport sync(List<Shelf> some, Consumer<SyncProgress> progress) {
        requireOpen();
        return locked(some, () -> {
            SyncReport report = SyncReport.NOTHING;
            List<FolderListing> listings = listings(some);
            for (int i = 0; i < listings.size(); i++) {
                report = report.plus(new Sync(some.get(i)).all(listings.get(i), threads, progress));
            }
            return report;
        });
    }

    /** Looks into all folders at once: most of a sync that finds nothing changed is spent asking the disk. */
    List<FolderListing> listings(List<Shelf> some) {
        List<Callable<FolderListing>> looks = new ArrayList<>();
        some.forEach(shelf -> looks.add(() -> FolderListing.of(shelf.folder(), Sidecars.folder(shelf.folder()))));
        List<FolderListing> listings = new ArrayList<>();
        SyncThreads.inOrder(looks, threads, listings::add);
        return listings;
    }

    /**
     * The database of the library, which other rooms keep their tables in too.
     *
     * @return open; waits until it is
     * @throws GazeException when it cannot be opened, or the library is open read-only
     */
    public Database database() {
        IndexDatabase opening = database;
        if (opening == null) {
            throw new GazeException(Kind.REFUSED, Problem.of("A library that is open read-only has no database"));
        }
        return opening.database();
    }

    /**
     * Whether there was a database when the library was opened, so that it may hold something.
     *
     * @return false for a new one
     */
    public boolean hadDatabase() {
        return hadDatabase;
    }

    /** Ends the threads, closes the database and lets the lock go. May be called more than once. */
    @Override
    public void close() {
        closed = true;
        locked(List.copyOf(shelves.values()), () -> {
            try {
                copy.close();
                if (database != null) {
                    database.close();
                }
            } finally {
                threads.shutdownNow();
                if (lock != null) {
                    lock.close();
                }
            }
            return closed;
        });
    }

    boolean isReadOnly() {
        return readOnly;
    }

    Others others() {
        return others;
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("This library is closed");
        }
    }

    /** Locks are always taken in the order of the categories, so nobody waits for one another. */
    private static <T> T locked(List<Shelf> some, Supplier<T> work) {
        some.forEach(shelf -> shelf.changing().lock());
        try {
            return work.get();
        } finally {
            some.forEach(shelf -> shelf.changing().unlock());
        }
    }

    // For opening ----------------------------------------------------------------------------------------------------

    ThreadPoolExecutor threads() {
        return threads;
    }

    Map<String, Shelf> shelves() {
        return shelves;
    }

    Optional<ShelfRepository> shelfRepository(String category) {
        return Optional.ofNullable(repositories.get(category));
    }

    /** From here on the index is copied into the database. */
    void keepIndexIn(IndexDatabase database, boolean wasThere) {
        hadDatabase = wasThere;
        this.database = database;
        copy.follow(database.table());
    }

    /**
     * There will be no copy of the index.
     *
     * @param database what other rooms keep their tables in; null for none
     */
    void keepNoIndex(@Nullable IndexDatabase database) {
        hadDatabase = database != null;
        this.database = database;
        copy.drop();
    }

    /** From here on the index follows what others change. */
    void listen() {
        others.listen(this::look, () -> {
            if (!closed) {
                sync(progress -> {});
            }
        });
    }

    private void look(Others.Touched asset) {
        Shelf shelf = shelves.get(asset.category());
        if (shelf != null && !closed) {
            if (asset.isFile()) {
                shelf.syncFile(asset.name());
            } else {
                shelf.syncOne(asset.name());
            }
        }
    }

    void openedWith(SyncReport report) {
        opened = report;
    }
}
