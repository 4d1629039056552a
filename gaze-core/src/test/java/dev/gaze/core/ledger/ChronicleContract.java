package dev.gaze.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.job.JobEvent;
import dev.gaze.api.job.JobId;
import dev.gaze.api.job.JobState;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is written down of jobs that are done, on either database. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
abstract class ChronicleContract extends LedgerTesting {

    @Test
    @Tag("P39")
    void a_chronicle_that_fails_in_any_way_harms_no_job_and_leaves_no_trace() {
        database.jdbi().useHandle(handle -> handle.execute("create table diary (words varchar(5) not null)"));
        List<Chronicle> failing = List.of(
                (handle, job, request, result, now) -> {
                    handle.execute("insert into diary values ('half')");
                    throw new IllegalStateException("no more ink");
                },
                (handle, job, request, result, now) -> handle.execute("insert into diary values ('far too long')"),
                (handle, job, request, result, now) -> handle.execute("no sql at all"));

        for (Chronicle chronicle : failing) {
            ledger = new Ledger(database, time, id -> UPLOADS.resolve(id.path()), chronicle);
            JobId job = accepted();
            make(job);

            assertThat(ledger.lists().state(job)).contains(JobState.DONE);
            assertThat(ledger.events(0, job, 10))
                    .last()
                    .satisfies(news -> assertThat(news.event()).isInstanceOf(JobEvent.Done.class));
        }
        assertThat(count("select count(*) from diary")).isZero();
    }

    @Test
    @Tag("P37")
    void a_chronicle_is_told_once_of_what_is_done_and_of_nothing_else() {
        List<String> told = new ArrayList<>();
        ledger = new Ledger(
                database,
                time,
                id -> UPLOADS.resolve(id.path()),
                (handle, job, request, result, now) -> told.add(job + " "
                        + request.selection().plus() + " " + result.images().size() + " " + now));
        JobId done = accepted();
        JobId failed = accepted();
        make(done);
        ledger.end(done, done(done));
        ledger.end(failed, new Ending.Failed(new GazeException(Kind.FAILED, ENOUGH)));

        assertThat(told).containsExactly(done + " a lighthouse 1 " + time.now());
    }
}
