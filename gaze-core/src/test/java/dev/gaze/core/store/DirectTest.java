package dev.gaze.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.core.small.SmallDatabase;
import dev.gaze.core.small.SmallPostgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements without Jdbi in between say and do the same on a file and on a server. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(120)
class DirectTest {
    private static final UUID ONE = UUID.fromString("0f8e7d6c-0000-4000-8000-000000000001");
    private static final UUID TWO = UUID.fromString("0f8e7d6c-0000-4000-8000-000000000002");
    private static final OffsetDateTime NOW = OffsetDateTime.of(2026, 1, 2, 3, 4, 5, 678_901_000, ZoneOffset.UTC);

    @TempDir
    Path home;

    private Database open(boolean server) {
        Database database = server ? Database.server(SmallPostgres.fresh()) : SmallDatabase.copyTo(home);
        database.sql()
                .useTransaction(
                        handle -> handle.execute("create table thing (id uuid primary key, owner uuid, n bigint,"
                                + " small smallint, yes boolean, at timestamp with time zone, words varchar)"));
        return database;
    }

    private static void insert(Database database, Direct.Values... rows) {
        database.sql()
                .useTransaction(handle ->
                        Direct.executeEach(handle, "insert into thing values (?, ?, ?, ?, ?, ?, ?)", List.of(rows)));
    }

    private static Direct.Values full(UUID id) {
        return new Direct.Values(id, TWO, 5L, (short) 3, true, NOW, "a lighthouse \uD83D\uDDFC");
    }

    private static Direct.Values empty(UUID id) {
        return new Direct.Values(id, null, null, null, null, null, null);
    }

    private static long count(Database database) {
        return database.sql()
                .withHandle(handle -> handle.createQuery("select count(*) from thing")
                        .mapTo(long.class)
                        .one());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void values_come_back_as_they_were_and_a_null_has_the_type_of_its_place(boolean server) {
        try (Database database = open(server)) {
            insert(database, full(ONE), empty(TWO));

            assertThat(database.sql()
                            .<Object>withHandle(handle -> handle.createQuery(
                                            "select owner, n, small, yes, at, words from thing where id = :id")
                                    .bind("id", ONE)
                                    .map((row, context) -> List.of(
                                            row.getObject(1, UUID.class),
                                            row.getLong(2),
                                            row.getShort(3),
                                            row.getBoolean(4),
                                            row.getObject(5, OffsetDateTime.class)
                                                    .toInstant(),
                                            row.getString(6)))
                                    .one()))
                    .isEqualTo(List.of(TWO, 5L, (short) 3, true, NOW.toInstant(), "a lighthouse \uD83D\uDDFC"));
            assertThat(database.sql()
                            .<Long>withHandle(handle -> handle.createQuery(
                                            "select count(*) from thing where owner is null and n is null and small is null"
                                                    + " and yes is null and at is null and words is null")
                                    .mapTo(long.class)
                                    .one()))
                    .isOne();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_changed_row_is_read_as_it_is_then(boolean server) {
        try (Database database = open(server)) {
            insert(database, full(ONE));

            long now = database.sql()
                    .inTransaction(handle -> Direct.change(
                            handle,
                            "update thing set n = coalesce(?, n) + ? where id = ?",
                            List.of("n"),
                            row -> row.getLong(1),
                            null,
                            2,
                            ONE));

            assertThat(now).isEqualTo(7);
            assertThat(database.sql()
                            .<Integer>inTransaction(
                                    handle -> Direct.execute(handle, "update thing set n = ? where id = ?", 1L, TWO)))
                    .isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void what_is_refused_is_told_as_jdbi_does_and_leaves_nothing(boolean server) {
        try (Database database = open(server)) {
            insert(database, full(ONE));

            assertThatThrownBy(() -> insert(database, empty(TWO), empty(ONE)))
                    .isInstanceOf(UnableToExecuteStatementException.class)
                    .hasCauseInstanceOf(SQLException.class)
                    .extracting(failure -> ((SQLException) failure.getCause()).getSQLState())
                    .isEqualTo("23505");
            assertThatThrownBy(() -> database.sql()
                            .useTransaction(handle -> Direct.execute(handle, "insert into nowhere values (?)", 1)))
                    .isInstanceOf(UnableToExecuteStatementException.class);
            assertThat(count(database)).isOne();
        }
    }
}
