package dev.gaze.core.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/**
 * Statements on the way of every job, given to JDBC without Jdbi in between: to prepare a small one takes Jdbi longer than
 * the database needs to execute it. Values are bound by place, as JDBC knows their types; failures are those of Jdbi.
 */
public final class Direct {
    private Direct() {}

    /** One row of values; a null has the type of the place where it stands. */
    public record Values(@Nullable Object... all) {
        private void bind(PreparedStatement statement) throws SQLException {
            for (int i = 0; i < all.length; i++) {
                statement.setObject(i + 1, all[i]);
            }
        }
    }

    /** Reads the row where a cursor stands. */
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /**
     * Changes rows.
     *
     * @param sql with a {@code ?} for each value
     * @return how many rows were changed
     */
    public static int execute(Handle handle, String sql, @Nullable Object... values) {
        try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
            new Values(values).bind(statement);
            return statement.executeUpdate();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    /**
     * Does the same for several rows of values, at least one.
     *
     * @param sql with a {@code ?} for each value of a row
     */
    public static void executeEach(Handle handle, String sql, List<Values> rows) {
        try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
            if (rows.size() == 1) {
                rows.get(0).bind(statement);
                statement.executeUpdate();
                return;
            }
            for (Values row : rows) {
                row.bind(statement);
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    /**
     * Changes exactly one row and reads it as it is then.
     *
     * @param columns what is read
     */
    public static <T> T change(
            Handle handle, String sql, List<String> columns, Row<T> row, @Nullable Object... values) {
        try (PreparedStatement statement =
                handle.getConnection().prepareStatement(sql, columns.toArray(String[]::new))) {
            new Values(values).bind(statement);
            statement.executeUpdate();
            try (ResultSet changed = statement.getGeneratedKeys()) {
                if (!changed.next()) {
                    throw new IllegalStateException("There is no row to change: " + sql);
                }
                return row.read(changed);
            }
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    private static UnableToExecuteStatementException failed(SQLException failure) {
        return new UnableToExecuteStatementException(failure, null);
    }
}
