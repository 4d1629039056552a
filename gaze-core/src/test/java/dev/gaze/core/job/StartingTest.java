package dev.gaze.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.backend.BackendId;
import dev.gaze.api.backend.RenderEvent;
import dev.gaze.api.job.Job;
import dev.gaze.api.job.JobEvent;
import dev.gaze.api.job.JobNews;
import dev.gaze.api.job.JobState;
import dev.gaze.api.job.Jobs;
import dev.gaze.api.job.Priority;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.ledger.Chronicle;
import dev.gaze.core.ledger.Ledger;
import dev.gaze.core.small.DatabaseAway;
import dev.gaze.core.small.Images;
import dev.gaze.core.small.SmallServer;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When it is written down that a server works on a job. */
class StartingTest extends JobTesting {
    private static final Duration A_MOMENT = Duration.ofMillis(50);

    @Test
    void a_run_that_is_over_in_a_moment_is_told_whole_and_in_order() throws Exception {
        SmallServer server = server("gpu");
        Jobs jobs = jobs(server);
        Job job = jobs.submit(words("a lighthouse"));
        SmallServer.Run run = server.awaitRun().begin();
        heardByServer();
        Instant begun = time.now();
        assertThat(job.state()).isEqualTo(JobState.QUEUED);
        time.advance(A_MOMENT.minusMillis(1));

        run.finish();

        job.await(LONG);
        assertThat(job.started()).contains(begun);
        assertThat(kept(jobs, 3))
                .extracting(news -> news.event().getClass().getSimpleName())
                .containsExactly("Queued", "Started", "Done");
    }

    @Test
    void a_run_that_takes_longer_is_seen_by_those_who_only_look() throws Exception {
        SmallServer server = server("gpu");
        Job job = jobs(server).submit(words("a lighthouse"));
        SmallServer.Run run = server.awaitRun().begin();
        heardByServer();

        time.advance(A_MOMENT);

        awaitUntil(() -> job.state() == JobState.RUNNING);
        run.finish();
        assertThat(job.await(LONG).images()).hasSize(1);
    }

    @Test
    void who_listens_is_told_at_once() throws Exception {
        SmallServer server = server("gpu");
        Job job = jobs(server).submit(words("a lighthouse"));
        SmallServer.Run run = server.awaitRun();
        Heard heard = heard(job);
        assertThat(heard.next()).isInstanceOf(JobEvent.Queued.class);

        run.begin();

        assertThat(heard.next()).isEqualTo(new JobEvent.Started(job.id(), new BackendId("gpu")));
        assertThat(job.state()).isEqualTo(JobState.RUNNING);
        run.finish();
        job.await(LONG);
    }

    @Test
    void a_run_that_is_lost_in_its_first_moment_was_one_all_the_same() throws Exception {
        SmallServer server = server("gpu");
        Jobs jobs = jobs(server);
        Job job = jobs.submit(words("a lighthouse"));
        server.awaitRun().begin().end(new RenderEvent.Lost(Problem.of("The server was restarted")));
        server.awaitRun().begin().finish();

        job.await(LONG);

        assertThat(kept(jobs, 5))
                .extracting(news -> news.event().getClass().getSimpleName())
                .containsExactly("Queued", "Started", "Requeued", "Started", "Done");
    }

    @Test
    @Tag("I11")
    void a_run_counts_as_one_from_its_first_moment_when_somebody_steers_it() throws Exception {
        SmallServer server = server("gpu");
        Jobs jobs = jobs(server);
        Job job = jobs.submit(words("a lighthouse"));
        SmallServer.Run run = server.awaitRun().begin();
        heardByServer();

        assertKind(Kind.CONFLICT, () -> jobs.cancelIfQueued(job.id()));
        assertThat(jobs.prioritise(job.id(), Priority.BATCH)).isFalse();

        assertThat(run.cancels()).isZero();
        run.finish();
        assertThat(job.await(LONG).images()).hasSize(1);
    }

    @Test
    void what_could_not_be_written_in_time_is_written_with_the_next_sign() throws Exception {
        SmallServer server = server("gpu");
        Shop shop = shop(JobLimits.DEFAULT, server);
        Job job = shop.jobs().submit(words("a lighthouse"));
        SmallServer.Run run = server.awaitRun().begin();
        heardByServer();
        Starting starting = shop.live(job.id()).flatMap(LiveJob::starting).orElseThrow();
        try (DatabaseAway away = new DatabaseAway(database)) {
            starting.write();
        }
        assertThat(job.state()).isEqualTo(JobState.QUEUED);

        run.tell(new RenderEvent.Progressed("3", 1, 4));

        awaitUntil(() -> job.state() == JobState.RUNNING);
        run.finish();
        assertThat(job.await(LONG).images()).hasSize(1);
    }

    @Test
    void a_job_that_fails_for_a_reason_nobody_foresaw_has_run_all_the_same() throws Exception {
        SmallServer server = server("gpu");
        Jobs jobs = jobs(server);
        Job job = jobs.submit(words("a lighthouse"));
        database.jdbi()
                .useHandle(handle -> handle.execute("alter table job add constraint never check (state <> 'DONE')"));

        server.awaitRun().begin().finish();

        assertKind(Kind.FAILED, () -> job.await(LONG));
        assertThat(kept(jobs, 3))
                .extracting(news -> news.event().getClass().getSimpleName())
                .containsExactly("Queued", "Started", "Failed");
    }

    @Test
    void a_job_whose_process_died_while_it_filed_has_run_all_the_same() throws Exception {
        SmallServer server = server("gpu");
        Shop shop = shop(JobLimits.DEFAULT, server);
        Job job = shop.jobs().submit(words("a lighthouse"));
        server.awaitRun().begin();
        heardByServer();
        new Ledger(database, time, id -> uploads.resolve(id.path()), Chronicle.NONE)
                .files()
                .reserve(job.id(), List.of(), List.of("x.png"), false, () -> {});
        Files.write(uploads.resolve("x.png"), Images.of(job.id()));
        shop.close();

        Jobs jobs = jobs(server("gpu"));

        Job again = jobs.get(job.id());
        assertThat(again.await(LONG).images()).hasSize(1);
        assertThat(jobs.get(job.id()).started()).isPresent();
        assertThat(kept(jobs, 3))
                .extracting(news -> news.event().getClass().getSimpleName())
                .containsExactly("Queued", "Started", "Done");
    }

    /** What a run tells comes over one thread: when that is through, it was heard. */
    private void heardByServer() throws Exception {
        wire.submit(() -> {}).get(20, TimeUnit.SECONDS);
    }

    private List<JobNews> kept(Jobs jobs, int count) throws InterruptedException {
        BlockingQueue<JobNews> news = new LinkedBlockingQueue<>();
        jobs.listen(0, news::add);
        List<JobNews> kept = new ArrayList<>();
        while (kept.size() < count) {
            JobNews next = news.poll(20, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("Only " + kept + " was kept");
            }
            kept.add(next);
        }
        return kept;
    }
}
