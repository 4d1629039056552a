package dev.gaze.core.asset;

import dev.gaze.api.asset.SyncProgress;
import dev.gaze.api.asset.SyncReport;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.time.Time;
import dev.gaze.core.file.DurableFile;
import dev.gaze.core.plugin.Installed;
import dev.gaze.core.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a library is opened: take the lock, finish what a crash interrupted, recall the index from the database, sync it
 * with the files. One that is shared through a server has no lock, and its index is read from the files.
 *
 * <p>The folders are looked at while the database opens. A library without a database is read first: making one takes
 * longer than reading some thousand files, and nobody has to wait for it.
 */
final class Opening {
    private final LibraryFolders folders;
    private final Installed installed;
    private final ModelRoots roots;
    private final Time time;
    private final Consumer<SyncProgress> progress;
    private final List<Problem> problems = new CopyOnWriteArrayList<>();

    Opening(LibraryFolders folders, Installed installed, ModelRoots roots, Time time, Consumer<SyncProgress> progress) {
        this.folders = folders;
        this.installed = installed;
        this.roots = roots;
        this.time = time;
        this.progress = progress;
    }

    AssetLibrary open(Access access) {
        if (!access.readOnly()) {
            makeFolders();
        }
        if (access.server() != null) {
            return openShared(Database.server(access.server()));
        }
        LibraryLock lock = access.readOnly() ? null : LibraryLock.take(folders.gaze(), folders.root(), time.now());
        AssetLibrary library =
                new AssetLibrary(folders, installed, roots, time, access.readOnly(), lock, Others.NOBODY);
        return opened(library, () -> access.readOnly() ? openToRead(library) : openToWrite(library));
    }

    private AssetLibrary openShared(Database database) {
        Others others = database.neighbours()
                .<Others>map(neighbours -> new SharedWithOthers(neighbours, database.signals()))
                .orElseThrow();
        AssetLibrary library = new AssetLibrary(folders, installed, roots, time, false, null, others);
        library.keepNoIndex(IndexDatabase.without(database));
        return opened(library, () -> {
            library.listen(); // before the files are read, so that nothing can happen in between
            finishLeft(library);
            return sync(library, null);
        });
    }

    private AssetLibrary opened(AssetLibrary library, Supplier<SyncReport> opening) {
        try {
            SyncReport report = opening.get();
            library.openedWith(
                    new SyncReport(List.of(), List.of(), List.of(), 0, problems, Duration.ZERO).plus(report));
            return library;
        } catch (RuntimeException failure) {
            library.close();
            throw failure;
        }
    }

    private void makeFolders() {
        for (Path folder : List.of(folders.data(), folders.uploads(), folders.gaze())) {
            try {
                Files.createDirectories(folder);
            } catch (IOException failure) {
                throw DurableFile.failed("make the folder", folder, failure);
            }
        }
    }

    private SyncReport openToRead(AssetLibrary library) {
        library.keepNoIndex(null);
        return sync(library, null);
    }

    private SyncReport openToWrite(AssetLibrary library) {
        finishLeft(library);
        Path file = folders.gaze().resolve("index");
        boolean known = Database.exists(file);
        IndexDatabase database = known ? IndexDatabase.open(file, library.threads(), problems::add) : null;
        SyncReport report = sync(library, database);
        library.keepIndexIn(
                database == null ? IndexDatabase.open(file, library.threads(), problems::add) : database, known);
        return report;
    }

    private SyncReport sync(AssetLibrary library, @Nullable IndexDatabase database) {
        List<Shelf> shelves = List.copyOf(library.shelves().values());
        List<FolderListing> listings = library.listings(shelves);
        if (database != null) {
            recall(library, database);
        }
        SyncReport report = SyncReport.NOTHING;
        for (int i = 0; i < listings.size(); i++) {
            if (!library.isReadOnly()) {
                boolean alone = !library.others().exist();
                listings.get(i).leftovers().forEach(leftover -> sweep(leftover, alone));
            }
            report = report.plus(new Sync(shelves.get(i)).all(listings.get(i), library.threads(), progress));
        }
        return report;
    }

    private void recall(AssetLibrary library, IndexDatabase database) {
        try {
            database.takeEntries().forEach((category, entries) -> {
                Shelf shelf = library.shelves().get(category);
                if (shelf != null) { // a category whose plugin is away for a while keeps its rows
                    entries.forEach(entry -> shelf.index().putUnsorted(entry.slug(), entry));
                }
            });
        } catch (GazeException noDatabase) {
            problems.addAll(noDatabase.problems()); // the files tell everything; opening only takes longer
        }
    }

    private void finishLeft(AssetLibrary library) {
        Intents intents = new Intents(folders.data(), library.others());
        intents.left(problems::add).forEach(left -> finish(library, intents, left));
    }

    private void finish(AssetLibrary library, Intents intents, Intents.Left left) {
        String category = left.intent().category();
        try {
            library.shelfRepository(category)
                    .ifPresent(repository -> library.others().inTurn(category, () -> {
                        if (Files.exists(left.file())) { // another opening may have finished it in an earlier turn
                            repository.recover(left.intent());
                            intents.settle(left.file());
                        }
                        return left;
                    }));
            left.intent().touched().forEach(library.others()::tell);
        } catch (GazeException failure) {
            problems.addAll(failure.problems());
        }
    }

    private void sweep(Path leftover, boolean alone) {
        try {
            DurableFile.removeIfAbandoned(leftover, alone);
        } catch (GazeException failure) {
            problems.addAll(failure.problems());
        }
    }
}
