package dev.gaze.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.asset.Page;
import dev.gaze.api.job.Attempt;
import dev.gaze.api.job.BatchId;
import dev.gaze.api.job.JobEvent;
import dev.gaze.api.job.JobId;
import dev.gaze.api.job.JobNews;
import dev.gaze.api.job.JobQuery;
import dev.gaze.api.job.JobState;
import dev.gaze.api.job.Priority;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.ledger.FileNames.Reserved;
import dev.gaze.core.ledger.Ledger.Cancel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the ledger promises on either database. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
abstract class LedgerContract extends LedgerTesting {

    // Handing in -----------------------------------------------------------------------------------------------------

    @Test
    @Tag("I10")
    @Tag("I33")
    void a_job_is_found_as_it_was_handed_in() {
        NewJob job = new NewJob(
                id(),
                job("rain").request().negative("fog").size(64, 128).seed(0),
                plan("rain \"in\" quotes"),
                template(),
                MIRA,
                List.of(new Problem("what", "where", "fix")),
                new Priority(-40_000),
                null,
                3,
                null);

        JobRecord accepted = accept(job);

        assertThat(ledger.find(job.id())).contains(accepted);
        assertThat(accepted.request()).isEqualTo(job.request());
        assertThat(accepted.plan()).isEqualTo(job.plan());
        assertThat(accepted.filedUnder()).isEqualTo(MIRA);
        assertThat(accepted.warnings()).isEqualTo(job.warnings());
        assertThat(accepted.priority()).isEqualTo(job.priority());
        assertThat(accepted.state()).isEqualTo(JobState.QUEUED);
        assertThat(accepted.submitted()).isEqualTo(time.now());
        assertThat(ledger.template(job.id())).isEqualTo(job.template());
        assertThat(ledger.lists().state(job.id())).contains(JobState.QUEUED);
        assertThat(ledger.find(id())).isEmpty();
        assertThat(ledger.lists().state(id())).isEmpty();
    }

    @Test
    void each_job_gets_a_number_a_first_event_and_a_row_of_the_scheduler() {
        List<JobRecord> accepted = accept(List.of(job("a"), job("b"), job("c")));

        assertThat(accepted).extracting(JobRecord::number).containsExactly(1L, 2L, 3L);
        assertThat(ledger.events(0, null, 10))
                .containsExactly(
                        new JobNews(1, new JobEvent.Queued(accepted.get(0).id(), 1)),
                        new JobNews(2, new JobEvent.Queued(accepted.get(1).id(), 2)),
                        new JobNews(3, new JobEvent.Queued(accepted.get(2).id(), 3)));
        assertThat(scheduled()).isEqualTo(3);
        assertThat(ledger.queued()).isEqualTo(3);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "a NUL \0 in the middle",
                "half a character \uD83D, the other half \uDE00",
                "\uD83D\uDE00 \u2028 \u0001 \u007F \uFFFF",
                "'; drop table job; --",
                "{{wildcard}} :name <list> ${bytes} ? \\u0000 \\",
                "null"
            })
    void no_text_is_too_strange_to_be_kept(String text) {
        JobId job = accept(job(text)).id();
        UUID prompt = UUID.randomUUID();
        ledger.attempt(job, ATTIC, prompt, workflow().warn(Problem.of(text)));
        ledger.attemptEnded(job, prompt, new Problem(text, text, text));
        ledger.started(job, ATTIC);
        ledger.requeued(job, Problem.of(text));
        ledger.end(job, new Ending.Cancelled(Problem.of(text)));

        JobRecord record = ledger.find(job).orElseThrow();
        assertThat(record.plan()).isEqualTo(plan(text));
        assertThat(record.request().selection().plus()).isEqualTo(text);
        assertThat(record.ending()).isEqualTo(new Ending.Cancelled(Problem.of(text)));
        assertThat(ledger.attempts(job)).singleElement().satisfies(attempt -> {
            assertThat(attempt.problem()).isEqualTo(new Problem(text, text, text));
            assertThat(attempt.workflow().warnings()).contains(Problem.of(text));
        });
        assertThat(ledger.events(0, job, 10))
                .extracting(JobNews::event)
                .contains(new JobEvent.Requeued(job, Problem.of(text)));
    }

    @Test
    void a_template_of_many_jobs_is_kept_once() {
        accept(List.of(job("a"), job("b")));
        accept(job("c"));

        assertThat(count("select count(*) from job_template")).isEqualTo(1);
    }

    @Test
    void what_does_not_fit_into_the_queue_leaves_no_trace() {
        accept(List.of(job("a"), job("b")));

        GazeException full = catchThrowableOfType(
                GazeException.class, () -> ledger.accept(List.of(job("c"), job("d")), 3, null, null, null));

        assertThat(full.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(full).hasMessageContaining("2 jobs wait, at most 3 may").hasMessageContaining("limits.queued");
        assertThat(ledger.queued()).isEqualTo(2);
        assertThat(ledger.lastEvent()).isEqualTo(2);
        assertThat(scheduled()).isEqualTo(2);
        ledger.accept(List.of(job("c")), 3, null, null, null);
    }

    @Test
    void a_retry_takes_the_place_in_its_batch_and_nothing_is_tried_again_twice() {
        BatchRecord batch = batch("rainy days", 2);
        JobRecord failed = ledger.batches().jobs(batch.id()).get(1);
        ledger.end(failed.id(), new Ending.Cancelled(ENOUGH));

        JobRecord again = accept(retry(failed));

        assertThat(again.retryOf()).isEqualTo(failed.id());
        assertThat(ledger.batches().jobs(batch.id()))
                .extracting(JobRecord::item)
                .containsExactly(0, 1);
        assertThat(ledger.batches().jobs(batch.id())).contains(again);
        assertThat(ledger.batches().counts(batch.id())).isEqualTo(Map.of(JobState.QUEUED, 2));
        assertThat(ledger.find(failed.id())).isPresent();
        long before = ledger.lastEvent();
        assertThat(catchThrowableOfType(GazeException.class, () -> accept(retry(failed)))
                        .kind())
                .isEqualTo(Kind.CONFLICT);
        assertThat(ledger.lastEvent()).isEqualTo(before);
    }

    // On the way -----------------------------------------------------------------------------------------------------

    @Test
    void attempts_are_kept_with_their_workflow_before_they_are_sent() {
        JobId job = accepted();
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();

        assertThat(ledger.attempt(job, ATTIC, first, workflow())).isTrue();
        time.advance(Duration.ofSeconds(3));
        ledger.attemptEnded(job, first, Problem.of("the server forgot it"));
        ledger.attemptEnded(job, first, null);
        assertThat(ledger.attempt(job, CELLAR, second, workflow())).isTrue();

        Instant sent = time.now().minusSeconds(3);
        assertThat(ledger.attempts(job))
                .containsExactly(
                        new Attempt(1, ATTIC, first, workflow(), sent, time.now(), Problem.of("the server forgot it")),
                        new Attempt(2, CELLAR, second, workflow(), time.now(), null, null));
    }

    @Test
    void nothing_is_sent_for_a_job_that_is_to_be_stopped_or_has_ended() {
        JobId stopped = accepted();
        ledger.attempt(stopped, ATTIC, UUID.randomUUID(), workflow());
        ledger.cancel(stopped, ENOUGH, false);
        JobId ended = accepted();
        ledger.end(ended, new Ending.Cancelled(ENOUGH));

        for (JobId job : List.of(stopped, ended, id())) {
            int before = ledger.attempts(job).size();
            assertThat(ledger.attempt(job, ATTIC, UUID.randomUUID(), workflow()))
                    .isFalse();
            assertThat(ledger.files().reserve(job, List.of("mix/x.png"))).isEqualTo(Reserved.STOPPED);
            assertThat(ledger.attempts(job)).hasSize(before);
            assertThat(ledger.files().reserved(job)).isEmpty();
        }
    }

    @Test
    @Tag("I10")
    void a_job_starts_once_waits_again_and_starts_again_from_its_first_time_on() {
        JobId job = accepted();
        Instant begun = later(Duration.ofSeconds(1));

        assertThat(ledger.requeued(job, ENOUGH)).isFalse();
        assertThat(ledger.started(job, ATTIC)).isTrue();
        assertThat(ledger.started(job, CELLAR)).isFalse();
        assertThat(ledger.queued()).isZero();
        time.advance(Duration.ofSeconds(1));
        assertThat(ledger.requeued(job, ENOUGH)).isTrue();
        assertThat(ledger.requeued(job, ENOUGH)).isFalse();
        assertThat(ledger.queued()).isEqualTo(1);
        assertThat(ledger.find(job).orElseThrow().backend()).isNull();
        assertThat(ledger.started(job, CELLAR)).isTrue();

        JobRecord now = ledger.find(job).orElseThrow();
        assertThat(now.state()).isEqualTo(JobState.RUNNING);
        assertThat(now.backend()).isEqualTo(CELLAR);
        assertThat(now.started()).isEqualTo(begun);
        assertThat(ledger.events(0, job, 10))
                .extracting(JobNews::event)
                .containsExactly(
                        new JobEvent.Queued(job, 1),
                        new JobEvent.Started(job, ATTIC),
                        new JobEvent.Requeued(job, ENOUGH),
                        new JobEvent.Started(job, CELLAR));
    }

    // Files ----------------------------------------------------------------------------------------------------------

    @Test
    void a_file_name_belongs_to_one_job_until_it_is_given_back() {
        JobId one = accepted();
        JobId other = accepted();

        assertThat(ledger.files().reserve(one, List.of("mix/b.png", "mix/a.png")))
                .isEqualTo(Reserved.YES);
        assertThat(ledger.files().reserve(other, List.of("mix/c.png", "mix/a.png")))
                .isEqualTo(Reserved.TAKEN);
        assertThat(ledger.files().reserved(one)).containsExactly("mix/b.png", "mix/a.png");
        assertThat(ledger.files().reserved(other)).isEmpty();

        assertThat(ledger.files().reserve(one, List.of("mix/d.png"))).isEqualTo(Reserved.YES);
        assertThat(ledger.files().reserve(other, List.of("mix/a.png"))).isEqualTo(Reserved.YES);
        ledger.files().release(one);
        assertThat(ledger.files().reserved(one)).isEmpty();
        assertThat(ledger.files().reserve(other, List.of("mix/d.png"))).isEqualTo(Reserved.YES);
    }

    @Test
    void of_many_who_want_the_same_names_at_once_one_gets_them() throws Exception {
        List<JobId> jobs = IntStream.range(0, 8).mapToObj(i -> accepted()).toList();
        List<Reserved> answers = together(jobs.stream()
                .<Callable<Reserved>>map(job -> () -> {
                    List<String> names = new ArrayList<>(List.of("mix/a.png", "mix/b.png", "mix/c.png"));
                    Collections.shuffle(names);
                    return ledger.files().reserve(job, names);
                })
                .toList());

        assertThat(answers).containsOnlyOnce(Reserved.YES).doesNotContain(Reserved.STOPPED);
        assertThat(count("select count(*) from job_file")).isEqualTo(3);
    }

    // The end --------------------------------------------------------------------------------------------------------

    @Test
    @Tag("G105")
    void a_job_that_is_done_tells_its_images_its_graph_and_its_warnings() {
        JobId job = accepted();

        make(job);

        JobRecord record = ledger.find(job).orElseThrow();
        assertThat(record.state()).isEqualTo(JobState.DONE);
        assertThat(record.ended()).isEqualTo(time.now());
        assertThat(record.ending()).isEqualTo(done(job));
        assertThat(ledger.events(0, job, 10))
                .extracting(JobNews::event)
                .last()
                .isEqualTo(new JobEvent.Done(job, done(job).result().images()));
    }

    @Test
    void a_job_that_failed_tells_every_problem_and_what_sort_of_failure_it_was() {
        JobId job = accepted();
        List<Problem> problems = List.of(Problem.of("first"), new Problem("second", "there", "mend it"));

        ledger.end(job, new Ending.Failed(new GazeException(Kind.UNAVAILABLE, null, problems)));

        Ending ending = ledger.find(job).orElseThrow().ending();
        assertThat(ending).isInstanceOfSatisfying(Ending.Failed.class, failed -> {
            assertThat(failed.reason().kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(failed.reason().problems()).isEqualTo(problems);
        });
        assertThat(catchThrowableOfType(GazeException.class, ending::resultOrThrow)
                        .problems())
                .isEqualTo(problems);
    }

    @Test
    void of_many_who_end_a_job_at_once_exactly_one_does() throws Exception {
        for (int round = 0; round < 5; round++) {
            JobId job = accepted();
            ledger.started(job, ATTIC);
            List<Callable<Boolean>> ends = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                ends.add(() -> ledger.end(job, done(job)));
                ends.add(() -> ledger.end(job, new Ending.Cancelled(ENOUGH)));
            }

            assertThat(together(ends)).containsOnlyOnce(true);
            assertThat(ledger.events(0, job, 10)).hasSize(3);
        }
        assertThat(ledger.queued()).isZero();
    }

    @Test
    void an_end_closes_the_attempts_and_leaves_the_row_of_the_scheduler_to_it() {
        JobId job = accepted();
        ledger.attempt(job, ATTIC, UUID.randomUUID(), workflow());

        assertThat(ledger.end(job, new Ending.Cancelled(ENOUGH))).isTrue();
        assertThat(ledger.end(job, new Ending.Cancelled(ENOUGH))).isFalse();
        assertThat(ledger.end(id(), new Ending.Cancelled(ENOUGH))).isFalse();

        assertThat(ledger.attempts(job)).extracting(Attempt::ended).containsExactly(time.now());
        assertThat(ledger.queued()).isZero();
        assertThat(scheduled()).isEqualTo(1);
        assertThat(ledger.started(job, ATTIC)).isFalse();
        assertThat(ledger.requeued(job, ENOUGH)).isFalse();
    }

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
        ledger.started(job, ATTIC);

        GazeException running = catchThrowableOfType(GazeException.class, () -> ledger.cancel(job, ENOUGH, true));

        assertThat(running.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(ledger.asked(List.of(job))).isEmpty();
        assertThat(ledger.lastEvent()).isEqualTo(2);
    }

    @Test
    void once_its_files_have_names_a_cancel_comes_too_late() {
        JobId job = accepted();
        ledger.attempt(job, ATTIC, UUID.randomUUID(), workflow());
        ledger.started(job, ATTIC);
        ledger.files().reserve(job, List.of("mix/a.png"));

        assertThat(ledger.cancel(job, ENOUGH, false)).isEqualTo(Cancel.TOO_LATE);

        assertThat(ledger.end(job, done(job))).isTrue();
    }

    // Steering -------------------------------------------------------------------------------------------------------

    @Test
    @Tag("D66")
    void the_most_urgent_job_is_next_and_of_equals_the_first() {
        JobId first = accept(job("a", Priority.BATCH, null, 0)).id();
        JobId second = accept(job("b", Priority.BATCH, null, 0)).id();
        JobId urgent = accept(job("c")).id();
        JobId running = accept(job("d")).id();
        ledger.started(running, ATTIC);

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
    void a_job_may_be_claimed_in_the_moment_it_is_written_down_and_only_its_claimant_gives_it_back() {
        NewJob job = job("a");
        ledger.accept(List.of(job), 10, null, "somebody", null);

        assertThat(ledger.claims().waitingAbove(Priority.BATCH)).isZero();
        time.advance(Duration.ofSeconds(9));
        ledger.claims().beat("somebody");
        assertThat(count("select count(*) from scheduled_tasks where picked_by = 'somebody'"
                        + " and last_heartbeat > execution_time + interval '8' second"))
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

        assertThat(ledger.accept(List.of(first), 10, null, "somebody", attempt).attempted())
                .isTrue();
        assertThat(ledger.accept(
                                List.of(second),
                                10,
                                null,
                                "somebody",
                                new FirstAttempt(ATTIC, UUID.randomUUID(), workflow()))
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
        ledger.accept(List.of(first), 10, null, "somebody", null);
        ledger.accept(List.of(second), 10, null, "somebody else", null);

        ledger.end(first.id(), new Ending.Cancelled(ENOUGH), "somebody");
        ledger.end(second.id(), new Ending.Cancelled(ENOUGH), "somebody");

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

    // Looking --------------------------------------------------------------------------------------------------------

    @Test
    @Tag("I9")
    void jobs_are_listed_by_state_batch_asset_and_time_the_newest_first() {
        JobId old = accept(filedUnder(MIRA)).id();
        make(old);
        Instant later = later(Duration.ofHours(1));
        BatchRecord batch = batch("rainy days", 3);
        JobId running = accept(filedUnder(MIRA)).id();
        ledger.started(running, ATTIC);

        assertThat(listed(JobQuery.ALL)).hasSize(5).startsWith(running).endsWith(old);
        assertThat(listed(JobQuery.ALL.of(MIRA))).containsExactly(running, old);
        assertThat(listed(JobQuery.ALL.of(MIRA).in(JobState.DONE, JobState.FAILED)))
                .containsExactly(old);
        assertThat(listed(JobQuery.ALL.of(new AssetKey("character", "nobody")))).isEmpty();
        assertThat(listed(JobQuery.ALL.between(Instant.EPOCH, later))).containsExactly(old);
        assertThat(listed(JobQuery.ALL.between(later, later.plusSeconds(1)))).hasSize(4);
        Page<JobRecord> page = ledger.lists().list(JobQuery.ALL.of(batch.id()), 1, 1);
        assertThat(page.total()).isEqualTo(3);
        assertThat(page.items())
                .singleElement()
                .satisfies(job -> assertThat(job.item()).isEqualTo(1));
        assertThat(ledger.lists().list(JobQuery.ALL, 100, 10).items()).isEmpty();
        assertThat(ledger.lists().counts())
                .isEqualTo(Map.of(
                        JobState.QUEUED,
                        3L,
                        JobState.RUNNING,
                        1L,
                        JobState.DONE,
                        1L,
                        JobState.FAILED,
                        0L,
                        JobState.CANCELLED,
                        0L));
        assertThat(ledger.lists().hasUnfinished()).isTrue();
    }

    private List<JobId> listed(JobQuery query) {
        return ledger.lists().list(query, 0, 100).items().stream()
                .map(JobRecord::id)
                .toList();
    }

    @Test
    void events_are_read_on_from_any_number() {
        JobId one = accepted();
        JobId other = accepted();
        ledger.started(one, ATTIC);
        ledger.cancel(other, ENOUGH, false);

        assertThat(ledger.lastEvent()).isEqualTo(4);
        assertThat(ledger.events(2, null, 1)).extracting(JobNews::number).containsExactly(3L);
        assertThat(ledger.events(3, null, 10)).containsExactly(new JobNews(4, new JobEvent.Cancelled(other)));
        assertThat(ledger.events(0, one, 10)).extracting(JobNews::number).containsExactly(1L, 3L);
        assertThat(ledger.events(4, null, 10)).isEmpty();
    }

    @Test
    void events_of_many_writers_have_no_gaps_and_none_appears_behind_one_that_was_seen() throws Exception {
        int writers = 6;
        int each = 15;
        List<Callable<Integer>> all = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            all.add(() -> {
                for (int n = 0; n < each; n++) {
                    JobId job = accepted();
                    ledger.cancel(id(), ENOUGH, false); // takes a number and gives it back
                    ledger.requeued(job, ENOUGH); // so does this
                    ledger.started(job, ATTIC);
                    ledger.end(job, new Ending.Cancelled(ENOUGH));
                }
                return 0;
            });
        }
        long expected = 3L * writers * each;
        List<Long> seen = new ArrayList<>();
        all.add(() -> {
            long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (seen.size() < expected && System.nanoTime() < end) {
                long after = seen.isEmpty() ? 0 : seen.get(seen.size() - 1);
                ledger.events(after, null, 7).forEach(news -> seen.add(news.number()));
            }
            return 0;
        });

        together(all);

        assertThat(seen)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, expected).boxed().toList());
        assertThat(ledger.queued()).isZero();
    }

    // Batches --------------------------------------------------------------------------------------------------------

    @Test
    @Tag("I12")
    @Tag("I13")
    void batches_are_listed_the_newest_first_with_what_became_of_their_jobs() {
        BatchRecord older = batch("older \0 one", 1);
        time.advance(Duration.ofSeconds(1));
        BatchRecord newer = batch("newer", 3);
        List<JobRecord> jobs = ledger.batches().jobs(newer.id());
        assertThat(ledger.batches().pace(newer.id())).isEmpty();
        make(jobs.get(0).id());
        time.advance(Duration.ofSeconds(20));
        make(jobs.get(1).id());
        ledger.cancel(jobs.get(2).id(), ENOUGH, false);

        assertThat(ledger.batches().list(0, 10).items()).containsExactly(newer, older);
        assertThat(ledger.batches().list(1, 10).items()).containsExactly(older);
        assertThat(ledger.batches().find(older.id())).contains(older);
        assertThat(ledger.batches().find(new BatchId(UUID.randomUUID()))).isEmpty();
        assertThat(older.name()).isEqualTo("older  one");
        assertThat(ledger.batches().counts(newer.id())).isEqualTo(Map.of(JobState.DONE, 2, JobState.CANCELLED, 1));
        assertThat(ledger.batches().pace(newer.id())).contains(new BatchRecord.Pace(2, Duration.ofSeconds(20)));
    }

    // Forgetting -----------------------------------------------------------------------------------------------------

    @Test
    @Tag("G45")
    void ended_jobs_are_forgotten_by_age_with_all_that_belongs_to_them() {
        JobId old = accepted();
        make(old);
        time.advance(Duration.ofSeconds(3600));
        JobId exactly = accepted();
        make(exactly);
        JobId waiting = accepted();

        assertThat(ledger.prune(time.now().minusSeconds(3600), 100)).isEqualTo(1);

        assertThat(ledger.find(old)).isEmpty();
        assertThat(ledger.events(0, old, 10)).isEmpty();
        assertThat(ledger.attempts(old)).isEmpty();
        assertThat(ledger.files().reserved(old)).isEmpty();
        assertThat(ledger.find(exactly)).isPresent();
        assertThat(ledger.find(waiting)).isPresent();
        assertThat(ledger.template(waiting)).isEqualTo(template());
        assertThat(ledger.prune(time.now(), 100)).isEqualTo(1);
        ledger.cancel(waiting, ENOUGH, false);
        assertThat(ledger.prune(time.now(), 100)).isEqualTo(1);
        assertThat(count("select count(*) from job_template")).isZero();
    }

    @Test
    @Tag("G45")
    @Tag("I18")
    void beyond_a_number_the_oldest_are_forgotten_and_what_has_not_ended_never() {
        List<JobId> ended = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            JobId job = accepted();
            ledger.cancel(job, ENOUGH, false);
            ended.add(job);
            time.advance(Duration.ofSeconds(1));
        }
        JobId filing = accepted();
        ledger.files().reserve(filing, List.of("mix/a.png"));

        assertThat(ledger.prune(Instant.EPOCH, 2)).isEqualTo(4);

        assertThat(listed(JobQuery.ALL)).containsExactly(filing, ended.get(5), ended.get(4));
        assertThat(ledger.files().reserved(filing)).containsExactly("mix/a.png");
        assertThat(ledger.prune(Instant.EPOCH, 2)).isZero();
        assertThat(ledger.prune(time.now(), 0)).isEqualTo(2);
        assertThat(ledger.find(filing)).isPresent();
    }

    @Test
    @Tag("G45")
    void a_batch_that_goes_on_keeps_all_of_its_jobs_and_one_without_any_is_forgotten() {
        BatchRecord batch = batch("rainy days", 3);
        List<JobRecord> jobs = ledger.batches().jobs(batch.id());
        make(jobs.get(0).id());
        make(jobs.get(1).id());

        assertThat(ledger.prune(time.now(), 0)).isZero();
        assertThat(ledger.batches().counts(batch.id())).containsEntry(JobState.DONE, 2);
        make(jobs.get(2).id());
        assertThat(ledger.prune(time.now(), 0)).isEqualTo(3);
        assertThat(ledger.batches().find(batch.id())).isEmpty();
    }

    @Test
    @Tag("G45")
    void very_many_are_forgotten_a_few_at_a_time() {
        List<NewJob> many = IntStream.range(0, 1_200)
                .mapToObj(i -> job("item " + i, Priority.BATCH, null, 0))
                .toList();
        accept(many);
        database.jdbi()
                .useHandle(
                        handle -> handle.execute(
                                "update job set state = 'CANCELLED', ended = submitted, outcome = '{\"problems\": [{\"what\": \"x\"}]}'"));

        assertThat(ledger.prune(Instant.EPOCH, 100)).isEqualTo(1_100);
        assertThat(listed(JobQuery.ALL))
                .containsExactlyElementsOf(IntStream.range(0, 100)
                        .mapToObj(i -> many.get(1_199 - i).id())
                        .toList());
    }

    // --------------------------------------------------------------------------------------------------------------------

    /** Does things at the same time; tells what each gave. */
    static <T> List<T> together(List<Callable<T>> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(work)) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
