package dev.gaze.example.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** Durable commits of H2, one row each, forced to the disk, as the reference for what a job writes down. */
final class Commits implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement insert;
    private final PreparedStatement force;
    private int row;

    Commits(Path folder) throws SQLException {
        connection = DriverManager.getConnection(
                "jdbc:h2:file:" + folder.resolve("commits").toAbsolutePath() + ";WRITE_DELAY=0", "gaze", "");
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table note (id int primary key, text varchar)");
        }
        connection.setAutoCommit(false);
        insert = connection.prepareStatement("insert into note values (?, ?)");
        force = connection.prepareStatement("checkpoint sync");
    }

    void commit() throws SQLException {
        insert.setInt(1, ++row);
        insert.setString(2, "something that must survive a crash");
        insert.executeUpdate();
        connection.commit();
        force.execute(); // a commit alone outlives the process, but no power cut
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
