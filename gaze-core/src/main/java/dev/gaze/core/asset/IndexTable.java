package dev.gaze.core.asset;

import java.sql.ResultSet;
import java.sql.SQLException;
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
    private static final String COLUMNS =
            "category, slug, id, name, file, file_size, file_modified, file_read, hash, tags,"
                    + " model, sidecar_size, sidecar_modified, sidecar_read, sidecar_hash, cover";

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
        jdbi.useHandle(handle -> handle.createQuery("select " + COLUMNS + " from asset")
                .setFetchSize(1_000)
                .scanResultSet((rows, context) -> {
                    ResultSet row = rows.get();
                    while (row.next()) {
                        loaded.computeIfAbsent(row.getString(1), category -> new ArrayList<>())
                                .add(entry(row));
                    }
                    return null;
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
        try (PreparedBatch batch = handle.prepareBatch(
                "insert into asset (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (Change change : changes) {
                Entry entry = change.entry;
                if (entry != null) {
                    Entry.Sidecar sidecar = entry.sidecar();
                    batch.add(
                            change.category,
                            entry.slug(),
                            entry.id(),
                            entry.name(),
                            entry.file(),
                            entry.stamp().size(),
                            entry.stamp().modified(),
                            entry.stamp().read(),
                            entry.hash().toString(),
                            entry.tags(),
                            entry.model(),
                            sidecar == null ? null : sidecar.stamp().size(),
                            sidecar == null ? null : sidecar.stamp().modified(),
                            sidecar == null ? null : sidecar.stamp().read(),
                            sidecar == null ? null : sidecar.hash().toString(),
                            sidecar == null ? null : sidecar.cover());
                }
            }
            if (batch.size() > 0) {
                batch.execute();
            }
        }
    }

    private static Entry entry(ResultSet row) throws SQLException {
        String slug = row.getString(2);
        String id = same(row.getString(3), slug);
        return new Entry(
                slug,
                id,
                same(row.getString(4), id),
                row.getString(5),
                new FileStamp(row.getLong(6), row.getLong(7), row.getLong(8)),
                ContentHash.parse(row.getString(9)),
                row.getString(10),
                row.getString(11),
                sidecar(row));
    }

    private static Entry.@Nullable Sidecar sidecar(ResultSet row) throws SQLException {
        long size = row.getLong(12);
        return row.wasNull()
                ? null
                : new Entry.Sidecar(
                        new FileStamp(size, row.getLong(13), row.getLong(14)),
                        ContentHash.parse(row.getString(15)),
                        row.getString(16));
    }

    private static String same(String text, String known) {
        return text.equals(known) ? known : text;
    }
}
