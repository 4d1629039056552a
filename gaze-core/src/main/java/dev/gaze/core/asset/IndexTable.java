package dev.gaze.core.asset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The index as it is kept in the database between two openings. */
final class IndexTable {
    private final Jdbi jdbi;

    IndexTable(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * A change to make.
     *
     * @param category the category
     * @param slug which
     * @param entry what to keep; null to forget it
     * @param known whether the table may have a row of it
     */
    record Change(String category, String slug, @Nullable Entry entry, boolean known) {}

    /** All entries by category. */
    Map<String, List<Entry>> load() {
        Map<String, List<Entry>> loaded = new HashMap<>();
        jdbi.useHandle(handle -> handle.createQuery("select category, slug, entry from asset")
                .scanResultSet((rows, context) -> {
                    var row = rows.get();
                    while (row.next()) {
                        loaded.computeIfAbsent(row.getString(1), category -> new ArrayList<>())
                                .add(EntryBytes.read(row.getString(2), row.getBytes(3)));
                    }
                    return loaded;
                }));
        return loaded;
    }

    /** Makes the changes, all or none. */
    void write(List<Change> changes) {
        jdbi.useTransaction(handle -> {
            delete(handle, changes);
            insert(handle, changes);
        });
    }

    private static void delete(Handle handle, List<Change> changes) {
        try (PreparedBatch batch = handle.prepareBatch("delete from asset where category = ? and slug = ?")) {
            changes.stream().filter(Change::known).forEach(change -> batch.add(change.category, change.slug));
            if (batch.size() > 0) {
                batch.execute();
            }
        }
    }

    private static void insert(Handle handle, List<Change> changes) {
        try (PreparedBatch batch = handle.prepareBatch("insert into asset (category, slug, entry) values (?, ?, ?)")) {
            for (Change change : changes) {
                if (change.entry != null) {
                    batch.add(change.category, change.slug, EntryBytes.write(change.entry));
                }
            }
            if (batch.size() > 0) {
                batch.execute();
            }
        }
    }
}
