package dev.gaze.core.asset;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.store.Database;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** The database of an open library; a file is opened in the background. */
final class IndexDatabase implements AutoCloseable {
    private final CompletableFuture<Opened> opened;

    private IndexDatabase(CompletableFuture<Opened> opened) {
        this.opened = opened;
    }

    /** The open database, and what it knew of the assets. */
    private record Opened(Database database, AtomicReference<Map<String, List<Entry>>> entries) {}

    /** Begins to open a database file; one whose content cannot be read is put aside and made anew. */
    static IndexDatabase open(Path file, Executor threads, Consumer<Problem> warnings) {
        return new IndexDatabase(CompletableFuture.supplyAsync(
                () -> {
                    AtomicReference<Map<String, List<Entry>>> entries = new AtomicReference<>(Map.of());
                    Database database =
                            Database.open(file, warnings, open -> entries.set(new IndexTable(open.jdbi()).load()));
                    return new Opened(database, entries);
                },
                threads));
    }

    /** A database that is open already and holds no index. */
    static IndexDatabase without(Database open) {
        return new IndexDatabase(CompletableFuture.completedFuture(new Opened(open, new AtomicReference<>(Map.of()))));
    }

    CompletableFuture<IndexTable> table() {
        return opened.thenApply(open -> new IndexTable(open.database().jdbi()));
    }

    /** Waits until it is open. */
    Database database() {
        return waited().database();
    }

    private Opened waited() {
        try {
            return opened.join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof GazeException told ? told : failure;
        }
    }

    /** Waits, and hands over what the database knew of the assets, by category; once. */
    Map<String, List<Entry>> takeEntries() {
        return waited().entries().getAndSet(Map.of());
    }

    @Override
    public void close() {
        opened.handle((open, failure) -> open)
                .thenAccept(open -> {
                    if (open != null) {
                        open.database().close();
                    }
                })
                .join();
    }
}
