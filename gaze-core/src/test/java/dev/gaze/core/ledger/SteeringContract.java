package dev.gaze.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.job.JobEvent;
import dev.gaze.api.job.JobId;
import dev.gaze.api.job.JobNews;
import dev.gaze.api.job.JobState;
import dev.gaze.api.job.Priority;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.ledger.Ledger.Cancel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the ledger promises on either database: jobs that somebody starts, stops, hurries or claims. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
abstract class SteeringContract extends LedgerTesting {

    // Cancelling -----------------------------------------------------------------------------------------------------

    @Test
    @Tag("I11")
    void a_job_that_was_not_sent_is_cancelled_at_once() {
        JobId job = accepted();

        assertThat(ledger.cancel(job, ENOUGH, true)).isEqualTo(Cancel.ENDED);

        assertThat(ledger.find(job).orElseThrow().ending()).isEqualTo(new Ending.Cancelled(ENOUGH));
        assertThat(ledger.queued()).isZero();
        assertThat(scheduled()).isZero();
        assertThat(ledger.cancel(job, ENOUGH, false)).isEqualTo(Cancel.TOO_LATE);
        assertThat(ledger.cancel(id(), ENOUGH, false)).isEqualTo(Cancel.UNKNOWN);
        assertThat(ledger.events(0, job, 10)).extracting(JobNews::number).containsExactly(1L, 2L);
    }

    @Test
    void one_that_somebody_has_claimed_ends_as_well_and_the_claimer_can_learn_why() {
        JobId job = accepted();
        claim(job);

        assertThat(ledger.cancel(job, ENOUGH, false)).isEqualTo(Cancel.ENDED);

        assertThat(scheduled()).as("whoever has claimed it gives it back").isEqualTo(1);
        assertThat(ledger.asked(List.of(job, id()))).isEqualTo(Map.of(job, ENOUGH));
    }

    @Test
    void one_that_was_sent_is_stopped_by_whoever_makes_it_and_only_the_first_reason_counts() {
        JobId job = accepted();
        ledger.attempt(job, ATTIC, UUID.randomUUID(), workflow());

        assertThat(ledger.asked(List.of(job))).isEmpty();
        assertThat(ledger.cancel(job, ENOUGH, false)).isEqualTo(Cancel.ASKED);
        assertThat(ledger.cancel(job, Problem.of("Once more"), false)).isEqualTo(Cancel.ASKED);

        assertThat(ledger.lists().state(job)).contains(JobState.QUEUED);
        assertThat(ledger.find(job).orElseThrow().cancelRequested()).isEqualTo(ENOUGH);
        assertThat(ledger.asked(List.of(job))).isEqualTo(Map.of(job, ENOUGH));
        assertThat(ledger.asked(List.of())).isEmpty();
        assertThat(ledger.end(job, new Ending.Cancelled(ENOUGH))).isTrue();
    }

    @Test
    @Tag("I11")
    void one_that_runs_is_left_alone_when_only_waiting_ones_are_meant() {
        JobId job = accepted();
        ledger.started(job, start(ATTIC));

        assertThat(ledger.cancel(job, ENOUGH, true)).isEqualTo(Cancel.RUNS);
        assertThat(ledger.asked(List.of(job))).isEmpty();
        assertThat(ledger.lastEvent()).isEqualTo(2);
    }

    @Test
    void once_its_files_have_names_a_cancel_comes_too_late_and_is_remembered_should_filing_fail() {
        JobId job = accepted();
        ledger.attempt(job, ATTIC, UUID.randomUUID(), workflow());
        ledger.started(job, start(ATTIC));
        ledger.files().reserve(job, List.of(), List.of("mix/a.png"), false, () -> {});

        assertThat(ledger.cancel(job, ENOUGH, false)).isEqualTo(Cancel.TOO_LATE);

        assertThat(ledger.asked(List.of(job))).containsEntry(job, ENOUGH);
        assertThat(ledger.end(job, done(job))).isTrue();
    }

    @Test
    void a_start_that_was_not_written_down_is_written_with_the_end() {
        JobId job = accepted();
        Start start = start(ATTIC);
        time.advance(Duration.ofMillis(20));

        assertThat(ledger.end(job, new Ending.Cancelled(ENOUGH), null, start)).isTrue();

        JobRecord now = ledger.find(job).orElseThrow();
        assertThat(now.state()).isEqualTo(JobState.CANCELLED);
        assertThat(now.backend()).isEqualTo(ATTIC);
        assertThat(now.started()).isEqualTo(start.at());
        assertThat(now.ended()).isEqualTo(time.now());
        assertThat(ledger.queued()).isZero();
        assertThat(ledger.events(0, job, 10))
                .extracting(JobNews::event)
                .containsExactly(
                        new JobEvent.Queued(job, 1), new JobEvent.Started(job, ATTIC), new JobEvent.Cancelled(job));
    }

    @Test
    void a_start_that_was_written_down_already_is_not_written_again_with_the_end() {
        JobId job = accepted();
        ledger.started(job, start(ATTIC));

        assertThat(ledger.end(job, new Ending.Cancelled(ENOUGH), null, start(CELLAR)))
                .isTrue();
        assertThat(ledger.end(job, new Ending.Cancelled(ENOUGH), null, start(CELLAR)))
                .isFalse();

        assertThat(ledger.find(job).orElseThrow().backend()).isEqualTo(ATTIC);
        assertThat(ledger.events(0, job, 10)).hasSize(3);
        assertThat(ledger.queued()).isZero();
    }

    @Test
    void one_whose_images_are_filed_before_its_start_was_written_down_runs_too() {
        JobId job = accepted();
        ledger.attempt(job, ATTIC, UUID.randomUUID(), workflow());
        ledger.files().reserve(job, List.of(), List.of("mix/a.png"), false, () -> {});

        assertThat(ledger.cancel(job, ENOUGH, true)).isEqualTo(Cancel.RUNS);
        assertThat(ledger.end(job, done(job), null, start(ATTIC))).isTrue();
    }

    // Steering -------------------------------------------------------------------------------------------------------

    @Test
    @Tag("D66")
    void the_most_urgent_job_is_next_and_of_equals_the_first() {
        JobId first = accept(job("a", Priority.BATCH, null, 0)).id();
        JobId second = accept(job("b", Priority.BATCH, null, 0)).id();
        JobId urgent = accept(job("c")).id();
        JobId running = accept(job("d")).id();
        ledger.started(running, start(ATTIC));

        assertThat(ledger.lists().position(urgent)).isEqualTo(1);
        assertThat(ledger.lists().position(first)).isEqualTo(2);
        assertThat(ledger.lists().position(second)).isEqualTo(3);
        assertThat(ledger.lists().position(running)).isZero();
        assertThat(ledger.lists().position(id())).isZero();

        assertThat(ledger.prioritise(second, new Priority(100_000))).isTrue();
        assertThat(ledger.lists().position(second)).isEqualTo(1);
        assertThat(ledger.lists().standing(second))
                .contains(new JobLists.Standing(JobState.QUEUED, new Priority(100_000), null));
        assertThat(ledger.prioritise(running, Priority.BATCH)).isFalse();
        assertThat(ledger.prioritise(id(), Priority.BATCH)).isFalse();
        assertThat(ledger.lists().standing(id())).isEmpty();
    }

    @Test
    void more_urgent_jobs_that_nobody_has_claimed_are_counted() {
        accept(job("a", Priority.BATCH, null, 0));
        JobId urgent = accepted();
        accepted();

        assertThat(ledger.claims().waitingAbove(Priority.BATCH)).isEqualTo(2);
        assertThat(ledger.claims().waitingAbove(Priority.INTERACTIVE)).isZero();
        claim(urgent);
        assertThat(ledger.claims().waitingAbove(Priority.BATCH)).isEqualTo(1);
        ledger.claims().freeAll();
        assertThat(ledger.claims().waitingAbove(Priority.BATCH)).isEqualTo(2);
    }

    @Test
    void jobs_are_due_in_their_order_and_whatever_is_done_to_the_clock() {
        JobId first = accepted();
        time.setBack(Duration.ofHours(1));
        List<JobId> ids = new ArrayList<>(List.of(first));
        accept(List.of(job("a"), job("b"), job("c"))).forEach(job -> ids.add(job.id()));
        time.setBack(Duration.ofDays(10_000));

        List<String> due = database.jdbi()
                .withHandle(handle -> handle.createQuery("select task_instance from scheduled_tasks"
                                + " where execution_time <= :now order by execution_time")
                        .bind("now", JobTable.time(time.now()))
                        .mapTo(String.class)
                        .list());
        assertThat(due)
                .containsExactlyElementsOf(ids.stream().map(JobId::toString).toList());
    }

    @Test
    void a_job_may_be_claimed_in_the_moment_it_is_written_down_and_only_its_claimant_gives_it_back() {
        NewJob job = job("a");
        ledger.accept(job, 10, "somebody", null, written -> {});

        assertThat(ledger.claims().waitingAbove(Priority.BATCH)).isZero();
        time.advance(Duration.ofSeconds(9));
        ledger.claims().beat("somebody");
        assertThat(count("select count(*) from scheduled_tasks where picked_by = 'somebody'"
                        + " and last_heartbeat > (select submitted from job) + interval '8' second"))
                .isEqualTo(1);
        ledger.claims().giveBack(job.id(), "somebody else");
        assertThat(ledger.claims().waitingAbove(Priority.BATCH)).isZero();
        ledger.claims().giveBack(job.id(), "somebody");
        assertThat(ledger.claims().waitingAbove(Priority.BATCH)).isEqualTo(1);
        ledger.claims().remove(job.id());
        assertThat(scheduled()).isZero();
    }

    @Test
    void the_first_attempt_is_written_down_with_its_job_unless_others_wait() {
        NewJob first = job("a");
        NewJob second = job("b");
        FirstAttempt attempt = new FirstAttempt(ATTIC, UUID.randomUUID(), workflow());

        assertThat(ledger.accept(first, 10, "somebody", attempt, written -> {}).attempted())
                .isTrue();
        assertThat(ledger.accept(
                                second,
                                10,
                                "somebody",
                                new FirstAttempt(ATTIC, UUID.randomUUID(), workflow()),
                                written -> {})
                        .attempted())
                .isFalse();

        assertThat(ledger.attempts(first.id())).singleElement().satisfies(written -> {
            assertThat(written.prompt()).isEqualTo(attempt.prompt());
            assertThat(written.ended()).isNull();
        });
        assertThat(ledger.attempts(second.id())).isEmpty();
    }

    @Test
    void a_claim_by_name_ends_with_its_job_and_that_of_another_stays() {
        NewJob first = job("a");
        NewJob second = job("b");
        ledger.accept(first, 10, "somebody", null, written -> {});
        ledger.accept(second, 10, "somebody else", null, written -> {});

        ledger.end(first.id(), new Ending.Cancelled(ENOUGH), "somebody", null);
        ledger.end(second.id(), new Ending.Cancelled(ENOUGH), "somebody", null);

        assertThat(scheduled()).isEqualTo(1);
    }

    @Test
    void a_pause_is_remembered() {
        assertThat(ledger.paused()).isFalse();
        ledger.pause(true);
        assertThat(ledger(database).paused()).isTrue();
        ledger.pause(false);
        assertThat(ledger.paused()).isFalse();
    }
}
