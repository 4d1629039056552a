package dev.gaze.core.asset;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
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
    void write(List<Change> changes) throws SQLException {
        jdbi.<SQLException>useTransaction(handle -> {
            delete(handle.getConnection(), changes);
            insert(handle.getConnection(), changes);
        });
    }

    private static void delete(Connection connection, List<Change> changes) throws SQLException {
        try (PreparedStatement row = connection.prepareStatement("delete from asset where category = ? and slug = ?")) {
            for (Change change : changes) {
                if (change.known) {
                    row.setString(1, change.category);
                    row.setString(2, change.slug);
                    row.addBatch();
                }
            }
            row.executeBatch();
        }
    }

    // Plain JDBC: Jdbi looks up how to bind each of the sixteen values of every row, which takes longer than the
    // insert.
    private static void insert(Connection connection, List<Change> changes) throws SQLException {
        try (PreparedStatement row = connection.prepareStatement(
                "insert into asset (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (Change change : changes) {
                if (change.entry != null) {
                    bind(row, change.category, change.entry);
                    row.addBatch();
                }
            }
            row.executeBatch();
        }
    }

    private static void bind(PreparedStatement row, String category, Entry entry) throws SQLException {
        row.setString(1, category);
        row.setString(2, entry.slug());
        row.setString(3, entry.id());
        row.setString(4, entry.name());
        row.setString(5, entry.file());
        row.setLong(6, entry.stamp().size());
        row.setLong(7, entry.stamp().modified());
        row.setLong(8, entry.stamp().read());
        row.setString(9, entry.hash().toString());
        row.setString(10, entry.tags());
        row.setString(11, entry.model());
        Entry.Sidecar sidecar = entry.sidecar();
        if (sidecar == null) {
            for (int column = 12; column <= 14; column++) {
                row.setNull(column, Types.BIGINT);
            }
            row.setString(15, null);
            row.setString(16, null);
        } else {
            row.setLong(12, sidecar.stamp().size());
            row.setLong(13, sidecar.stamp().modified());
            row.setLong(14, sidecar.stamp().read());
            row.setString(15, sidecar.hash().toString());
            row.setString(16, sidecar.cover());
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
