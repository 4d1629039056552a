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
import org.jspecify.annotations.Nullable;

/**
 * How a library is opened: take the lock, finish what a crash interrupted, recall the index from the database, sync it
 * with the files.
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

    AssetLibrary open(boolean readOnly) {
        LibraryLock lock = readOnly ? null : lock();
        AssetLibrary library = new AssetLibrary(folders, installed, roots, time, lock);
        try {
            SyncReport report = readOnly ? sync(library, null) : openToWrite(library);
            library.openedWith(
                    new SyncReport(List.of(), List.of(), List.of(), 0, problems, Duration.ZERO).plus(report));
            return library;
        } catch (RuntimeException failure) {
            library.close();
            throw failure;
        }
    }

    private LibraryLock lock() {
        for (Path folder : List.of(folders.data(), folders.uploads(), folders.gaze())) {
            try {
                Files.createDirectories(folder);
            } catch (IOException failure) {
                throw DurableFile.failed("make the folder", folder, failure);
            }
        }
        return LibraryLock.take(folders.gaze(), folders.root(), time.now());
    }

    private SyncReport openToWrite(AssetLibrary library) {
        new Intents(folders.data()).left(problems::add).forEach(left -> finish(library, left));
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
                listings.get(i).leftovers().forEach(this::sweep);
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

    private void finish(AssetLibrary library, Intents.Left left) {
        try {
            if (library.shelfRepository(left.intent().category())
                    .filter(repository -> repository.recover(left.intent()))
                    .isPresent()) {
                new Intents(folders.data()).settle(left.file());
            }
        } catch (GazeException failure) {
            problems.addAll(failure.problems());
        }
    }

    private void sweep(Path leftover) {
        try {
            DurableFile.removeIfAbandoned(leftover);
        } catch (GazeException failure) {
            problems.addAll(failure.problems());
        }
    }
}
