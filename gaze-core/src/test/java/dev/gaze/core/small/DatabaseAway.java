package dev.gaze.core.small;

import com.zaxxer.hikari.HikariDataSource;
import dev.gaze.core.store.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Keeps all connections to a database until it is closed: for everybody else the database is away. */
public final class DatabaseAway implements AutoCloseable {
    private final HikariDataSource pool;
    private final long patience;
    private final List<Connection> taken = new ArrayList<>();

    /** Returns when there is none left. */
    public DatabaseAway(Database database) {
        pool = (HikariDataSource) database.source();
        patience = pool.getConnectionTimeout();
        pool.setConnectionTimeout(250);
        while (taken.size() < pool.getMaximumPoolSize()) {
            take();
        }
    }

    private void take() {
        try {
            taken.add(pool.getConnection());
        } catch (SQLException busy) {
            Thread.onSpinWait(); // somebody needs it for a moment
        }
    }

    @Override
    public void close() throws SQLException {
        pool.setConnectionTimeout(patience);
        for (Connection connection : taken) {
            connection.close();
        }
    }
}
