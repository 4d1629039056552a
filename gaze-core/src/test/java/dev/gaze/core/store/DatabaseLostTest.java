package dev.gaze.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What says that a database is away, and what says that a statement was wrong. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DatabaseLostTest {
    private static Optional<DatabaseLost> told(JdbiException failure) {
        return DatabaseLost.of(failure, "attic", "look after it");
    }

    private static JdbiException failing(String state) {
        return new UnableToExecuteStatementException(new SQLException("it says why", state), null);
    }

    @Test
    void a_pool_that_has_no_connection_left_says_so_without_a_state() {
        assertThat(told(new ConnectionException(new SQLTransientConnectionException("timed out after 10 s"))))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "57P01", "53100", "40P01", "40001", "HYT00", "90028"})
    void one_that_is_away_full_or_in_each_others_way_is_asked_again(String state) {
        assertThat(told(failing(state))).hasValueSatisfying(lost -> {
            assertThat(lost.retryable()).isTrue();
            assertThat(lost.problems().get(0).where()).isEqualTo("attic");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"22001", "23505", "42601"})
    void a_statement_that_is_wrong_stays_wrong(String state) {
        assertThat(told(failing(state))).isEmpty();
    }
}
