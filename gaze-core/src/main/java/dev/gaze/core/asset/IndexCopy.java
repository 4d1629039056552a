package dev.gaze.core.asset;

import dev.gaze.api.problem.Problem;
import dev.gaze.core.asset.IndexTable.Change;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The copy of the index in the database, or no copy at all in a library opened read-only.
 *
 * <p>The files are the truth and the index in memory is complete, so a database that fails stops nothing: the failure
 * is logged, told by the next sync, and repaired by the next open, which reads what the copy lacks from the files.
 */
final class IndexCopy {
    private static final System.Logger LOG = System.getLogger(IndexCopy.class.getName());
    private static final int ROWS_AT_ONCE = 1_000;

    private final @Nullable CompletableFuture<IndexTable> table;
    private volatile @Nullable Problem failure;

    /**
     * A copy.
     *
     * @param table the table, once the database is open; null for no copy
     */
    IndexCopy(@Nullable CompletableFuture<IndexTable> table) {
        this.table = table;
    }

    /** What went wrong since the library was opened. */
    Optional<Problem> failure() {
        return Optional.ofNullable(failure);
    }

    /** Changes that are written together, a thousand at a time, as soon as the database is open. */
    Batch batch() {
        return new Batch();
    }

    /** See {@link #batch}. Not safe for use by several threads. */
    final class Batch implements AutoCloseable {
        private final Map<String, Change> waiting = new LinkedHashMap<>();

        void add(Change change) {
            if (table == null) {
                return;
            }
            waiting.merge(
                    change.category() + '/' + change.slug(),
                    change,
                    (first, second) -> new Change(second.category(), second.slug(), second.entry(), first.known()));
            if (waiting.size() >= ROWS_AT_ONCE && table.isDone()) {
                write();
            }
        }

        /** Returns when everything is in the database. */
        @Override
        public void close() {
            if (!waiting.isEmpty()) {
                write();
            }
        }

        private void write() {
            List<Change> changes = new ArrayList<>(waiting.values());
            waiting.clear();
            if (table == null) {
                return;
            }
            try {
                table.join().write(changes);
            } catch (RuntimeException broken) {
                LOG.log(Level.WARNING, "The index in the database could not follow; the next open repairs it", broken);
                failure = new Problem(
                        "The index in the database could not follow the files: " + broken.getMessage(),
                        null,
                        "check the disk's free space; closing and opening the library repairs the index");
            }
        }
    }
}
