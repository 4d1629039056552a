package dev.gaze.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gaze.api.job.JobId;
import dev.gaze.core.small.DatabaseAway;
import dev.gaze.core.store.DatabaseLost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DebtsTest extends JobTesting {
    private final List<String> told = new ArrayList<>();
    private final Debts debts = new Debts(time, Duration.ofSeconds(10), Runnable::run, new Debts.Creditor() {
        @Override
        public void away(DatabaseLost why) {
            told.add("away");
        }

        @Override
        public void back() {
            told.add("back");
        }
    });

    private DatabaseLost lost() throws Exception {
        try (DatabaseAway away = new DatabaseAway(database)) {
            return catchThrowableOfType(
                    DatabaseLost.class, () -> database.sql().useHandle(handle -> handle.execute("select 1 from job")));
        }
    }

    @Test
    void who_waits_is_told_after_the_patience_whatever_is_done_to_the_clock() throws Exception {
        DatabaseLost lost = lost();
        debts.owe(new JobId(UUID.randomUUID()), lost, () -> {
            throw lost;
        });
        time.advance(Duration.ofSeconds(8));
        assertThat(told).isEmpty();

        time.setBack(Duration.ofHours(1));
        time.advance(Duration.ofSeconds(4));

        assertThat(told).startsWith("away");
    }

    @Test
    void who_waits_is_told_too_when_small_changes_can_be_written_now_and_then() throws Exception {
        DatabaseLost lost = lost();
        for (int second = 0; second < 10; second += 2) {
            debts.owe("a job", lost, () -> {});
            time.advance(Duration.ofSeconds(2));
        }
        assertThat(told).isNotEmpty().containsOnly("back");

        debts.owe("a job", lost, () -> {});

        assertThat(told).endsWith("away");
    }

    @Test
    void a_new_trouble_after_calm_is_waited_for_as_long_as_the_first() throws Exception {
        DatabaseLost lost = lost();
        debts.owe("a job", lost, () -> {});
        time.advance(Duration.ofSeconds(20));
        debts.owe("a job", lost, () -> {});
        time.advance(Duration.ofSeconds(20));

        assertThat(told).containsExactly("back", "back");
    }
}
