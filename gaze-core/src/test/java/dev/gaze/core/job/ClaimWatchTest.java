package dev.gaze.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.event.SchedulerListener.SchedulerEventType;
import dev.gaze.api.job.Job;
import dev.gaze.core.store.DatabaseLost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** A database that can be read, and written a little, while nothing in it can be claimed. */
class ClaimWatchTest extends JobTesting {
    private static final Duration A_POLL = Duration.ofSeconds(2);
    private static final String AWAY = "away";

    private final List<String> told = new ArrayList<>();

    private ClaimWatch watch() {
        Debts debts = new Debts(time, Duration.ofSeconds(10), Runnable::run, new Debts.Creditor() {
            @Override
            public void away(DatabaseLost why) {
                told.add(AWAY);
            }

            @Override
            public void back() {
                told.add("back");
            }
        });
        return new ClaimWatch(database.sql().lost("jobs cannot be claimed"), debts);
    }

    @Test
    void who_waits_is_told_when_claims_fail_for_longer_than_the_patience() {
        ClaimWatch watch = watch();
        for (int i = 0; i < 4; i++) {
            watch.onSchedulerEvent(SchedulerEventType.UNEXPECTED_ERROR);
            time.advance(A_POLL);
            assertThat(told).doesNotContain(AWAY);
        }

        watch.onSchedulerEvent(SchedulerEventType.UNEXPECTED_ERROR);
        time.advance(A_POLL);

        assertThat(told).contains(AWAY);
    }

    @Test
    void a_moment_of_trouble_is_soon_forgotten_though_nothing_is_claimed_after_it() {
        ClaimWatch watch = watch();
        watch.onSchedulerEvent(SchedulerEventType.UNEXPECTED_ERROR);

        time.advance(Duration.ofMinutes(1));

        assertThat(told).containsExactly("back");
    }

    @Test
    void a_job_that_could_not_be_claimed_goes_on_when_it_can() throws Exception {
        BlockingQueue<String> warnings = new LinkedBlockingQueue<>();
        Handler log = into(warnings);
        Logger logger = Logger.getLogger(Debts.class.getName());
        logger.addHandler(log);
        try {
            Shop shop = shop(JobLimits.DEFAULT, server("gpu").drawing());
            execute("alter table scheduled_tasks add constraint nobody_claims check (not picked)");
            Job job = shop.jobs().batch(List.of(words("a lighthouse"))).jobs().get(0);

            assertThat(warnings.poll(20, TimeUnit.SECONDS)).contains("jobs cannot be claimed");
            execute("alter table scheduled_tasks drop constraint nobody_claims");
            shop.claims().wake();

            assertThat(job.await(LONG).images()).hasSize(1);
        } finally {
            logger.removeHandler(log);
        }
    }

    private static Handler into(BlockingQueue<String> messages) {
        return new Handler() {
            @Override
            public void publish(LogRecord entry) {
                messages.add(entry.getMessage());
            }

            @Override
            public void flush() {
                // nothing is held back
            }

            @Override
            public void close() {
                // nothing was opened
            }
        };
    }

    private void execute(String sql) {
        database.jdbi().useHandle(handle -> handle.execute(sql));
    }
}
