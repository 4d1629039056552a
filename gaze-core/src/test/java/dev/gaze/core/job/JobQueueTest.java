package dev.gaze.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.asset.Page;
import dev.gaze.api.backend.RenderEvent;
import dev.gaze.api.job.Batch;
import dev.gaze.api.job.BatchProgress;
import dev.gaze.api.job.Job;
import dev.gaze.api.job.JobEvent;
import dev.gaze.api.job.JobNews;
import dev.gaze.api.job.JobQuery;
import dev.gaze.api.job.JobState;
import dev.gaze.api.job.Jobs;
import dev.gaze.api.job.Priority;
import dev.gaze.api.job.Subscription;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.ledger.Chronicle;
import dev.gaze.core.ledger.Ending;
import dev.gaze.core.ledger.Ledger;
import dev.gaze.core.small.DatabaseAway;
import dev.gaze.core.small.SmallServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Steering many jobs: urgency, pausing, limits, trying again, batches, and the one stream of news. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JobQueueTest extends JobTesting {

    private static JobLimits limits(int queued, int window) {
        return new JobLimits(
                queued,
                3,
                Duration.ofMinutes(10),
                Duration.ofMinutes(1),
                1_000,
                Duration.ofDays(30),
                window,
                Duration.ofSeconds(5));
    }

    // Urgency --------------------------------------------------------------------------------------------------------

    @Test
    @Tag("D66")
    void an_urgent_job_overtakes_a_batch_even_when_all_claims_are_taken() {
        SmallServer server = server("s");
        Jobs jobs = shop(limits(1_000, 3), server).jobs();
        Batch batch = jobs.batch(
                "many", IntStream.range(0, 12).mapToObj(i -> words("b" + i)).toList());
        SmallServer.Run first = server.awaitRun();
        Job urgent = jobs.submit(words("now"));
        assertThat(urgent.position()).isEqualTo(1);

        awaitUntil(() -> waits(urgent));
        first.finish();
        SmallServer.Run second = server.awaitRun();

        assertThat(second.workflow().toString()).contains("now");
        second.finish();
        urgent.await(LONG);
        server.drawing();
        server.awaitRun().finish();
        assertThat(batch.await(LONG).done()).isEqualTo(12);
    }

    @Test
    @Tag("D66")
    void a_job_that_gave_its_claim_up_for_an_urgent_one_keeps_its_place_in_the_queue() {
        SmallServer server = server("s");
        Jobs jobs = shop(limits(10, 2), server).jobs();
        Batch batch = jobs.batch(List.of(words("a"), words("b"), words("c")));
        SmallServer.Run first = server.awaitRun();
        awaitUntil(() -> batch.jobs().stream().anyMatch(this::waits)); // a or b
        Job urgent = jobs.submit(words("now"));
        awaitUntil(() -> waits(urgent));

        first.finish();
        SmallServer.Run second = server.awaitRun();
        assertThat(second.workflow().toString()).contains("\"now\"");
        awaitUntil(() -> batch.jobs().stream().anyMatch(this::waits)); // the next one is claimed
        second.finish();

        assertThat(server.awaitRun().workflow().toString()).doesNotContain("\"c\"");
    }

    @Test
    void a_waiting_job_can_be_made_more_urgent() {
        SmallServer server = server("s");
        Jobs jobs = jobs(server);
        jobs.submit(words("a"));
        SmallServer.Run running = server.awaitRun();
        Job second = jobs.submit(words("b"));
        Job third = jobs.submit(words("c"));
        assertThat(third.position()).isEqualTo(2 + 1);

        assertThat(jobs.prioritise(third.id(), new Priority(500))).isTrue();

        assertThat(third.position()).isEqualTo(1);
        assertThat(third.priority()).isEqualTo(new Priority(500));
        awaitUntil(() -> waits(second) && waits(third));
        running.finish();
        assertThat(server.awaitRun().workflow().toString()).contains("\"c\"");
        assertKind(
                Kind.NOT_FOUND,
                () -> jobs.prioritise(new dev.gaze.api.job.JobId(new java.util.UUID(1, 2)), Priority.BATCH));
    }

    // Pausing --------------------------------------------------------------------------------------------------------

    @Test
    void a_paused_queue_sends_nothing_also_after_it_was_opened_again_and_goes_on_when_told() {
        SmallServer server = server("s").drawing();
        Shop shop = shop(JobLimits.DEFAULT, server);
        shop.jobs().pause();
        Job job = shop.jobs().submit(words("a"));
        awaitUntil(() -> waits(job));
        assertThat(server.runs()).isEmpty();
        shop.close();

        SmallServer again = server("s").drawing();
        Jobs jobs = shop(JobLimits.DEFAULT, again).jobs();
        assertThat(jobs.paused()).isTrue();
        awaitUntil(() -> waits(job));
        assertThat(again.runs()).isEmpty();
        jobs.resume();

        assertThat(jobs.get(job.id()).await(LONG).images()).hasSize(1);
    }

    // Limits ---------------------------------------------------------------------------------------------------------

    @Test
    @Tag("I16")
    void a_full_queue_refuses_with_what_to_do_and_takes_again_when_there_is_room() {
        SmallServer server = server("s");
        Jobs jobs = shop(limits(2, 16), server).jobs();
        Job a = jobs.submit(words("a"));
        heard(a);
        SmallServer.Run run = server.awaitRun().begin();
        awaitUntil(() -> a.state() == JobState.RUNNING);
        jobs.submit(words("b"));
        Job c = jobs.submit(words("c"));
        assertThatThrownBy(() -> jobs.submit(words("d")))
                .isInstanceOfSatisfying(
                        GazeException.class, full -> assertThat(full.kind()).isEqualTo(Kind.UNAVAILABLE))
                .hasMessageContaining("full")
                .hasMessageContaining("limits.queued");
        c.cancel();
        jobs.submit(words("d"));

        assertThat(jobs.counts())
                .containsEntry(JobState.QUEUED, 2L)
                .containsEntry(JobState.RUNNING, 1L)
                .containsEntry(JobState.CANCELLED, 1L)
                .containsEntry(JobState.DONE, 0L);
        run.finish();
    }

    // Trying again ---------------------------------------------------------------------------------------------------

    @Test
    void a_failed_job_is_tried_again_with_its_seeds_as_a_new_job_and_only_once() {
        SmallServer server =
                server("s").answering(run -> new RenderEvent.Failed(Problem.of("a node failed"), false, List.of()));
        Jobs jobs = jobs(server);
        Job failed = jobs.submit(words("a"));
        assertThatThrownBy(() -> failed.await(LONG)).hasMessageContaining("a node failed");
        server.drawing();

        Job again = jobs.retry(failed.id());

        assertThat(again.await(LONG).images()).hasSize(1);
        assertThat(again.retryOf()).contains(failed.id());
        assertThat(again.plan().seeds()).isEqualTo(failed.plan().seeds());
        assertThat(failed.state()).isEqualTo(JobState.FAILED);
        assertKind(Kind.CONFLICT, () -> jobs.retry(failed.id()));
        assertKind(Kind.CONFLICT, () -> jobs.retry(again.id()));
    }

    // Batches --------------------------------------------------------------------------------------------------------

    @Test
    void a_batch_counts_its_items_retries_what_failed_and_draws_a_sheet() throws Exception {
        SmallServer server = server("s")
                .answering(run -> run.workflow().toString().contains("wrong")
                        ? new RenderEvent.Failed(Problem.of("a node failed"), false, List.of())
                        : run.finished(dev.gaze.core.small.Images.png(64, 96)));
        Jobs jobs = jobs(server);

        Batch batch = jobs.batch("three", List.of(words("good"), words("wrong"), words("better")));
        BatchProgress end = batch.await(LONG);

        assertThat(end.done()).isEqualTo(2);
        assertThat(end.failed()).isEqualTo(1);
        assertThat(end.ended()).isTrue();
        assertThat(batch.jobs())
                .extracting(job -> job.request().selection().plus())
                .containsExactly("good", "wrong", "better");
        server.drawing();
        assertThat(batch.retryFailed()).hasSize(1);
        assertThat(batch.await(LONG).done()).isEqualTo(3);
        assertThat(batch.jobs())
                .extracting(job -> job.request().selection().plus())
                .containsExactly("good", "wrong", "better");
        assertThat(batch.images()).hasSize(3);
        Path sheet = batch.contactSheet(home.resolve("sheet.png"));
        assertThat(ImageIO.read(sheet.toFile()).getWidth()).isGreaterThan(480);
        assertThat(jobs.batches(0, 10).items()).extracting(Batch::id).containsExactly(batch.id());
        assertThat(jobs.list(JobQuery.ALL.of(batch.id()), 0, 10).total()).isEqualTo(4);
    }

    @Test
    void a_batch_is_cancelled_as_a_whole_and_nothing_else_is() {
        SmallServer server = server("s");
        Jobs jobs = jobs(server);
        Job other = jobs.submit(words("other"));
        SmallServer.Run running = server.awaitRun();
        Batch batch = jobs.batch(List.of(words("a"), words("b"), words("c")));

        assertThat(batch.cancel()).isEqualTo(3);

        assertThat(batch.await(LONG).cancelled()).isEqualTo(3);
        running.finish();
        assertThat(other.await(LONG).images()).hasSize(1);
        assertThat(server.runs()).hasSize(1);
    }

    @Test
    void who_listens_to_a_batch_hears_its_last_count() {
        SmallServer server = server("s").drawing();
        Jobs jobs = jobs(server);
        Batch batch =
                jobs.batch(IntStream.range(0, 5).mapToObj(i -> words("b" + i)).toList());
        List<BatchProgress> heard = new CopyOnWriteArrayList<>();

        batch.listen(heard::add);

        awaitUntil(() -> !heard.isEmpty() && heard.get(heard.size() - 1).ended());
        assertThat(heard.get(heard.size() - 1).done()).isEqualTo(5);
        assertThat(jobs.findBatch(batch.id())).isPresent();
    }

    @Test
    void who_listens_to_a_batch_hears_its_end_though_the_database_was_away_for_a_moment() throws Exception {
        Batch batch = jobs(server("s").drawing()).batch(List.of(words("a")));
        batch.await(LONG);
        CountDownLatch away = new CountDownLatch(1);
        Future<?> before = callbacks.submit(() -> {
            away.await();
            return null;
        });
        List<BatchProgress> heard = new CopyOnWriteArrayList<>();
        batch.listen(heard::add);
        try (DatabaseAway taken = new DatabaseAway(database)) {
            away.countDown();
            before.get();
            callbacks.submit(() -> {}).get(); // by now it was asked for in vain
        }
        assertThat(heard).isEmpty();

        time.advance(Duration.ofMinutes(1));

        awaitUntil(() -> !heard.isEmpty());
        assertThat(heard)
                .singleElement()
                .satisfies(end -> assertThat(end.done()).isEqualTo(1));
    }

    @Test
    void who_waits_for_a_batch_learns_its_end_though_nobody_told_it() {
        SmallServer server = server("s");
        Batch batch = jobs(server).batch(List.of(words("a")));
        server.awaitRun();
        int timers = time.waiting();
        CompletableFuture<BatchProgress> end = new CompletableFuture<>();
        Thread waiting = new Thread(() -> end.complete(batch.await(LONG)), "test-waiting");
        waiting.start();
        awaitUntil(() -> time.waiting() > timers && waiting.getState() == Thread.State.TIMED_WAITING);

        new Ledger(database, time, id -> uploads.resolve(id.path()), Chronicle.NONE)
                .end(batch.jobs().get(0).id(), new Ending.Cancelled(Problem.of("Somebody else stopped it")));
        time.advance(Duration.ofMinutes(1));

        assertThat(end)
                .succeedsWithin(Duration.ofSeconds(20))
                .satisfies(progress -> assertThat(progress.cancelled()).isEqualTo(1));
    }

    @Test
    void a_batch_with_one_wrong_request_is_refused_as_a_whole_and_names_it() {
        Jobs jobs = jobs(server("s").drawing());
        Job known = jobs.submit(words("what a server has told is known from its first job on"));
        known.await(LONG);

        assertThatThrownBy(() -> jobs.batch(List.of(words("a"), needing("rare.safetensors"))))
                .isInstanceOfSatisfying(GazeException.class, refusal -> {
                    assertThat(refusal.kind()).isEqualTo(Kind.INVALID);
                    assertThat(refusal.problems())
                            .isNotEmpty()
                            .allSatisfy(problem -> assertThat(problem.where()).startsWith("request 2 of 2"));
                })
                .hasMessageContaining("rare.safetensors");

        assertThat(jobs.batches(0, 10).total()).isZero();
        assertThat(jobs.list(Set.of(), 0, 10).items()).extracting(Job::id).containsExactly(known.id());
    }

    @Test
    void a_batch_of_nothing_is_a_mistake() {
        Jobs jobs = jobs(server("s").drawing());

        assertThatThrownBy(() -> jobs.batch(List.of())).isInstanceOf(IllegalArgumentException.class);

        assertThat(jobs.batches(0, 10).total()).isZero();
        assertThat(jobs.list(Set.of(), 0, 10).total()).isZero();
    }

    @Test
    void jobs_go_on_when_the_clock_is_set_back() {
        SmallServer server = server("s");
        Batch batch = shop(limits(10, 1), server).jobs().batch(List.of(words("a"), words("b")));
        SmallServer.Run first = server.awaitRun();

        time.setBack(Duration.ofHours(1));
        first.finish();
        server.awaitRun().finish();

        assertThat(batch.await(LONG).done()).isEqualTo(2);
    }

    // News -----------------------------------------------------------------------------------------------------------

    @Test
    @Tag("G123")
    void one_stream_tells_all_jobs_in_order_and_goes_on_where_a_listener_left_off() {
        SmallServer server = server("s").drawing();
        Jobs jobs = jobs(server);
        List<JobNews> heard = new CopyOnWriteArrayList<>();
        Subscription first = jobs.listen(0, heard::add);
        jobs.submit(words("a")).await(LONG);
        awaitUntil(() -> kept(heard) == 3);
        first.close();
        long left = heard.get(heard.size() - 1).number();

        jobs.submit(words("b")).await(LONG);
        jobs.submit(words("c")).await(LONG);
        List<JobNews> later = new CopyOnWriteArrayList<>();
        jobs.listen(left, later::add);

        awaitUntil(() -> kept(later) == 6);
        assertThat(kept(heard)).isEqualTo(3);
        assertThat(later.stream().map(JobNews::number).distinct().toList())
                .isEqualTo(LongStream.rangeClosed(left + 1, left + 6).boxed().toList());
        assertThat(jobs.lastNumber()).isEqualTo(left + 6);
    }

    private static long kept(List<JobNews> news) {
        return news.stream()
                .filter(one ->
                        !(one.event() instanceof JobEvent.Progressed) && !(one.event() instanceof JobEvent.Previewed))
                .count();
    }

    @Test
    void lists_answer_queries_newest_first() {
        SmallServer server = server("s").drawing();
        Jobs jobs = jobs(server);
        Job a = jobs.submit(words("a"));
        a.await(LONG);
        time.advance(Duration.ofMinutes(1));
        Job b = jobs.submit(words("b"));
        b.await(LONG);

        Page<Job> all = jobs.list(JobQuery.ALL, 0, 10);
        assertThat(all.items()).extracting(Job::id).containsExactly(b.id(), a.id());
        assertThat(jobs.list(JobQuery.ALL, 1, 1).items()).extracting(Job::id).containsExactly(a.id());
        assertThat(jobs.list(JobQuery.ALL.between(b.submitted(), b.submitted().plusSeconds(1)), 0, 10)
                        .items())
                .extracting(Job::id)
                .containsExactly(b.id());
        assertThat(jobs.list(JobQuery.ALL.in(JobState.FAILED), 0, 10).total()).isZero();
    }
}
