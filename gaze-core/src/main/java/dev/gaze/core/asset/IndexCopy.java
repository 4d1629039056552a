package dev.gaze.core.asset;

import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.asset.IndexTable.Change;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The copy of the index in the database. It follows the index in the background, a thousand rows at a time; closing
 * waits for it.
 *
 * <p>Nobody has to wait for it before: the files are the truth, the index in memory is complete, and what the copy lacks
 * after a crash the next open reads from the files. For the same reason a database that fails stops nothing: it is
 * logged and told by the next sync. A library opened read-only, or shared by several processes, has no copy.
 */
final class IndexCopy implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(IndexCopy.class.getName());
    private static final int ROWS_AT_ONCE = 1_000;

    private final Executor threads;
    private final Map<AssetKey, Change> waiting = new LinkedHashMap<>();
    private final AtomicBoolean asked = new AtomicBoolean();
    private final Object writing = new Object();
    private volatile boolean unwanted;
    private volatile @Nullable CompletableFuture<IndexTable> table;
    private volatile @Nullable Problem failure;

    /**
     * A copy that does not follow yet.
     *
     * @param threads where to work in the background
     */
    IndexCopy(Executor threads) {
        this.threads = threads;
    }

    /** Begins to follow: what waits is written as soon as the database is open. */
    void follow(CompletableFuture<IndexTable> table) {
        this.table = table;
        ask();
    }

    /** There will be no copy. */
    void drop() {
        unwanted = true;
        synchronized (waiting) {
            waiting.clear();
        }
    }

    /** Takes a change down, to be written soon. */
    void add(Change change) {
        if (unwanted) {
            return;
        }
        synchronized (waiting) {
            waiting.merge(
                    new AssetKey(change.category(), change.slug()),
                    change,
                    (first, second) -> new Change(second.category(), second.slug(), second.entry(), first.known()));
        }
        ask();
    }

    /** What went wrong since the library was opened. */
    Optional<Problem> failure() {
        return Optional.ofNullable(failure);
    }

    /** Returns when everything is written, or known not to be writable. */
    @Override
    public void close() {
        if (table != null) {
            write();
        }
    }

    private void ask() {
        if (table != null && asked.compareAndSet(false, true)) {
            threads.execute(() -> {
                asked.set(false); // before writing: what comes from now on may be too late for this turn
                write();
            });
        }
    }

    private void write() {
        synchronized (writing) {
            for (List<Change> changes = some(); !changes.isEmpty(); changes = some()) {
                try {
                    table.join().write(changes);
                } catch (RuntimeException broken) {
                    fail(broken);
                }
            }
        }
    }

    private List<Change> some() {
        synchronized (waiting) {
            List<Change> some = new ArrayList<>();
            Iterator<Change> changes = waiting.values().iterator();
            while (changes.hasNext() && some.size() < ROWS_AT_ONCE) {
                some.add(changes.next());
                changes.remove();
            }
            return some;
        }
    }

    private void fail(RuntimeException broken) {
        if (failure == null) {
            LOG.log(
                    Level.WARNING,
                    "The index in the database cannot follow the files; the next open repairs it",
                    broken);
        }
        failure = new Problem(
                "The index in the database cannot follow the files: " + broken.getMessage(),
                null,
                "check the disk's free space; nothing is lost, and opening the library again repairs the index");
    }
}
