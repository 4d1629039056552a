package dev.gaze.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gaze.api.job.Attempt;
import dev.gaze.api.job.JobEvent;
import dev.gaze.api.job.JobId;
import dev.gaze.api.job.JobNews;
import dev.gaze.api.job.JobState;
import dev.gaze.api.job.Priority;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.ledger.FileNames.Reserved;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the ledger promises on either database: jobs from the first row to the end. */
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
        ledger.started(job, start(ATTIC));
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

        GazeException full =
                catchThrowableOfType(GazeException.class, () -> ledger.accept(List.of(job("c"), job("d")), 3, null));

        assertThat(full.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(full)
                .hasMessageContaining("2 jobs wait, at most 3 may; 2 more were handed in at once")
                .hasMessageContaining("hand in a smaller batch")
                .hasMessageContaining("limits.queued");
        assertThat(ledger.queued()).isEqualTo(2);
        assertThat(ledger.lastEvent()).isEqualTo(2);
        assertThat(scheduled()).isEqualTo(2);
        ledger.accept(List.of(job("c")), 3, null);
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
            assertThat(ledger.files().reserve(job, List.of(), List.of("mix/x.png"), false, () -> {}))
                    .isEqualTo(Reserved.STOPPED);
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
        assertThat(ledger.started(job, start(ATTIC))).isTrue();
        assertThat(ledger.started(job, start(CELLAR))).isFalse();
        assertThat(ledger.queued()).isZero();
        time.advance(Duration.ofSeconds(1));
        assertThat(ledger.requeued(job, ENOUGH)).isTrue();
        assertThat(ledger.requeued(job, ENOUGH)).isFalse();
        assertThat(ledger.queued()).isEqualTo(1);
        assertThat(ledger.find(job).orElseThrow().backend()).isNull();
        assertThat(ledger.started(job, start(CELLAR))).isTrue();

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

        assertThat(ledger.files().reserve(one, List.of(), List.of("mix/b.png", "mix/a.png"), false, () -> {}))
                .isEqualTo(Reserved.YES);
        assertThat(ledger.files().reserve(other, List.of(), List.of("mix/c.png", "mix/a.png"), false, () -> {}))
                .isEqualTo(Reserved.TAKEN);
        assertThat(ledger.files().reserved(one)).containsExactly("mix/b.png", "mix/a.png");
        assertThat(ledger.files().reserved(other)).isEmpty();

        assertThat(ledger.files()
                        .reserve(one, List.of("mix/b.png", "mix/a.png"), List.of("mix/d.png"), false, () -> {}))
                .isEqualTo(Reserved.YES);
        assertThat(ledger.files().reserve(other, List.of(), List.of("mix/a.png"), false, () -> {}))
                .isEqualTo(Reserved.YES);
        List<String> discarded = new ArrayList<>();
        ledger.files().giveUp(one, List.of("mix/d.png"), discarded::addAll);
        assertThat(discarded).containsExactly("mix/d.png");
        assertThat(ledger.files().reserved(one)).isEmpty();
        assertThat(ledger.files().reserve(other, List.of("mix/a.png"), List.of("mix/d.png"), false, () -> {}))
                .isEqualTo(Reserved.YES);
    }

    @Test
    void the_files_of_a_job_that_has_ended_are_its_images_and_are_never_given_up() {
        JobId job = accepted();
        ledger.files().reserve(job, List.of(), List.of("mix/a.png"), false, () -> {});
        assertThat(ledger.end(job, new Ending.Cancelled(Problem.of("enough")))).isTrue();

        ledger.files().giveUp(job, List.of("mix/a.png"), names -> {
            throw new AssertionError("Nobody may remove " + names);
        });

        assertThat(ledger.files().reserved(job)).containsExactly("mix/a.png");
    }

    @Test
    void who_does_not_know_what_a_job_has_reserved_has_lost_it_to_another_turn() {
        JobId job = accepted();
        ledger.files().reserve(job, List.of(), List.of("mix/a.png"), false, () -> {});

        assertThatThrownBy(() -> ledger.files().reserve(job, List.of(), List.of("mix/b.png"), false, () -> {}))
                .isInstanceOf(ClaimLost.class)
                .hasMessageContaining(job.toString());
        assertThatThrownBy(() -> ledger.files().giveUp(job, List.of("mix/b.png"), names -> {
                    throw new AssertionError("Nobody may remove " + names);
                }))
                .isInstanceOf(ClaimLost.class);
        assertThat(ledger.files().reserved(job)).containsExactly("mix/a.png");
    }

    @Test
    void of_many_who_want_the_same_names_at_once_one_gets_them() throws Exception {
        List<JobId> jobs = IntStream.range(0, 8).mapToObj(i -> accepted()).toList();
        List<Reserved> answers = together(IntStream.range(0, jobs.size())
                .<Callable<Reserved>>mapToObj(i -> () -> {
                    List<String> names = new ArrayList<>(List.of("mix/a.png", "mix/b.png", "mix/c.png"));
                    Collections.shuffle(names, new Random(i));
                    return ledger.files().reserve(jobs.get(i), List.of(), names, false, () -> {});
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
            ledger.started(job, start(ATTIC));
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
        assertThat(ledger.started(job, start(ATTIC))).isFalse();
        assertThat(ledger.requeued(job, ENOUGH)).isFalse();
    }
}
