package dev.gaze.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.backend.RenderEvent;
import dev.gaze.api.backend.RenderOutput;
import dev.gaze.api.job.Job;
import dev.gaze.api.job.JobEvent;
import dev.gaze.api.job.JobId;
import dev.gaze.api.job.JobState;
import dev.gaze.api.job.Jobs;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.ledger.Chronicle;
import dev.gaze.core.ledger.Ledger;
import dev.gaze.core.small.DatabaseAway;
import dev.gaze.core.small.Images;
import dev.gaze.core.small.SmallServer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How jobs end: with an image, with a reason, or because somebody stopped them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class JobEndsTest extends JobTesting {

    @Test
    @Tag("I85")
    void a_failure_tells_what_helps() {
        SmallServer server = server("s")
                .answering(run -> new RenderEvent.Failed(
                        Problem.of("KSampler failed: CUDA out of memory").at("node 3"), false, List.of()));
        Job job = jobs(server).submit(words("a"));

        assertThatThrownBy(() -> job.await(LONG))
                .isInstanceOfSatisfying(GazeException.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(Kind.FAILED);
                    assertThat(failure.problems().get(0).where()).isEqualTo("node 3");
                })
                .hasMessageContaining("smaller size");
    }

    @Test
    void a_run_the_server_forgot_is_run_again_and_says_so() {
        SmallServer server = server("s");
        Job job = jobs(server).submit(words("a"));
        server.awaitRun().begin().end(new RenderEvent.Lost(Problem.of("The server was restarted")));
        server.awaitRun().begin().finish();

        assertThat(job.await(LONG).warnings().toString()).contains("run again", "restarted");
        assertThat(job.attempts()).hasSize(2);
        assertThat(job.attempts().get(0).problem()).isNotNull();
        assertThat(job.attempts().get(1).problem()).isNull();
    }

    @Test
    void a_run_the_server_forgets_every_time_fails_after_three_attempts_and_is_never_done() {
        SmallServer server = server("s").answering(run -> new RenderEvent.Lost(Problem.of("The server was restarted")));
        Job job = jobs(server).submit(words("a"));

        assertThatThrownBy(() -> job.await(LONG))
                .isInstanceOfSatisfying(
                        GazeException.class,
                        failure -> assertThat(failure.retryable()).isTrue())
                .hasMessageContaining("restarted");
        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.attempts()).hasSize(3);
    }

    @Test
    void a_run_somebody_else_stopped_says_so() {
        SmallServer server = server("s");
        Job job = jobs(server).submit(words("a"));
        server.awaitRun().begin().end(new RenderEvent.Interrupted(false));

        assertThatThrownBy(() -> job.await(LONG))
                .isInstanceOfSatisfying(
                        GazeException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.CANCELLED))
                .hasMessageContaining("Somebody else");
        assertThat(job.state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void a_cut_image_is_never_done() {
        byte[] png = Images.png(64, 64);
        SmallServer server = server("s").answering(run -> run.finished(Arrays.copyOf(png, png.length / 2)));
        Job job = jobs(server).submit(words("a"));

        assertThatThrownBy(() -> job.await(LONG)).hasMessageContaining("cut short");
        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(uploads).isEmptyDirectory();
    }

    @Test
    void an_image_with_a_broken_checksum_or_a_huge_header_is_never_done() {
        byte[] broken = Images.png(64, 64);
        broken[60] ^= 1;
        SmallServer server = server("s")
                .answering(run -> run.finished(
                        run.workflow().toString().contains("broken")
                                ? broken
                                : Images.claiming(Images.png(8, 8), 60_000, 60_000)));
        Jobs jobs = jobs(server);

        assertThatThrownBy(() -> jobs.submit(words("broken")).await(LONG)).hasMessageContaining("checksum");
        assertThatThrownBy(() -> jobs.submit(words("huge")).await(LONG)).hasMessageContaining("pixels");
    }

    @Test
    void an_error_nobody_foresaw_ends_its_job_and_not_the_worker() {
        SmallServer server = server("s").answering(run -> {
            if (run.workflow().toString().contains("boom")) {
                throw new StackOverflowError("a patch went mad");
            }
            return run.finished(Images.png(8, 8));
        });
        Jobs jobs = jobs(server);
        Job bad = jobs.submit(words("boom"));
        Job good = jobs.submit(words("fine"));

        assertThatThrownBy(() -> bad.await(LONG)).hasMessageContaining("a patch went mad");
        good.await(LONG);
    }

    @Test
    void an_image_out_of_the_servers_cache_is_filed_as_a_new_one() {
        SmallServer server = server("s")
                .answering(run -> run.finished(Images.withText(Images.png(8, 8), "gaze", "{\"job\": \"before\"}")));
        Jobs jobs = jobs(server);

        var first = jobs.submit(words("a")).await(LONG).image();
        var second = jobs.submit(words("a")).await(LONG).image();

        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.file()).exists();
    }

    // Cancelling -----------------------------------------------------------------------------------------------------

    @Test
    void a_cancel_that_comes_while_the_image_is_fetched_counts_when_the_image_cannot_be_had() {
        SmallServer server = server("s");
        Jobs jobs = jobs(server);
        Job job = jobs.submit(words("a"));
        Ledger ledger = new Ledger(database, time, id -> uploads.resolve(id.path()), Chronicle.NONE);
        CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
        RenderOutput output = new RenderOutput("9", "images", "a.gif", "", "output", () -> {
            awaitUntil(() -> !ledger.files().reserved(job.id()).isEmpty());
            cancelled.complete(job.cancel());
            throw new GazeException(Kind.UNAVAILABLE, Problem.of("The server went away"));
        });

        server.awaitRun().begin().end(new RenderEvent.Finished(List.of(output)));

        assertThatThrownBy(() -> job.await(LONG)).hasMessageContaining("was cancelled");
        assertThat(cancelled.join()).as("as it may have been filed").isFalse();
        assertThat(job.state()).isEqualTo(JobState.CANCELLED);
        assertThat(ledger.files().reserved(job.id())).isEmpty();
        assertThat(server.runs()).hasSize(1);
    }

    @Test
    @Tag("I11")
    void cancelling_stops_exactly_one_job_wherever_it_is() {
        SmallServer server = server("s");
        Jobs jobs = jobs(server);
        Job running = jobs.submit(words("a"));
        SmallServer.Run run = server.awaitRun();
        run.begin();
        Job waiting = jobs.submit(words("b"));
        Job spared = jobs.submit(words("c"));

        assertThat(waiting.cancel()).isTrue();
        assertThat(waiting.state()).isEqualTo(JobState.CANCELLED);
        assertThat(run.cancels()).isZero();
        assertThat(jobs.cancel(running.id())).isTrue();
        assertThatThrownBy(() -> running.await(LONG))
                .isInstanceOfSatisfying(
                        GazeException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.CANCELLED));
        server.awaitRun().finish();
        spared.await(LONG);
        assertThat(server.runs()).hasSize(2);
        assertThat(running.cancel()).isFalse();
        assertThat(spared.cancel()).isFalse();
    }

    @Test
    @Tag("I11")
    void cancel_if_queued_leaves_a_running_job_alone() throws Exception {
        SmallServer server = server("s");
        Jobs jobs = jobs(server);
        Job running = jobs.submit(words("a"));
        SmallServer.Run run = server.awaitRun();
        Heard heard = heard(running);
        run.begin();
        while (!(heard.next() instanceof JobEvent.Started)) {
            assertThat(running.state().ended()).isFalse();
        }
        Job waiting = jobs.submit(words("b"));

        assertKind(Kind.CONFLICT, () -> jobs.cancelIfQueued(running.id()));
        jobs.cancelIfQueued(waiting.id());
        assertThat(waiting.state()).isEqualTo(JobState.CANCELLED);
        assertKind(Kind.NOT_FOUND, () -> jobs.cancelIfQueued(waiting.id()));
        assertKind(Kind.NOT_FOUND, () -> jobs.cancelIfQueued(new JobId(UUID.randomUUID())));
        assertKind(Kind.NOT_FOUND, () -> jobs.cancel(new JobId(UUID.randomUUID())));
        assertThat(run.cancels()).isZero();
    }

    @Test
    void a_job_cancelled_while_it_is_sent_is_stopped_on_the_server() {
        SmallServer server = server("s");
        Jobs jobs = jobs(server);
        CompletableFuture<Job> self = new CompletableFuture<Job>().orTimeout(20, TimeUnit.SECONDS);
        server.answering(run -> {
            self.join().cancel();
            return null;
        });
        Job job = jobs.submit(words("a"));
        self.complete(job);

        assertThatThrownBy(() -> job.await(LONG)).hasMessageContaining("cancelled");
        assertThat(server.awaitRun().cancels()).isEqualTo(1);
    }

    @Test
    void a_cancelled_job_files_nothing_even_if_the_server_was_faster() {
        SmallServer server = server("s");
        server.deaf();
        Job job = jobs(server).submit(words("a"));
        SmallServer.Run run = server.awaitRun();
        run.begin();
        job.cancel();
        run.finish();

        assertThatThrownBy(() -> job.await(LONG)).isInstanceOf(GazeException.class);
        assertThat(job.state()).isEqualTo(JobState.CANCELLED);
        assertThat(uploads).isEmptyDirectory();
    }

    @Test
    void a_cancel_that_nobody_could_confirm_is_told_to_those_who_wait_when_the_database_is_back() throws Exception {
        SmallServer server = server("gpu");
        Jobs jobs = jobs(server);
        jobs.submit(words("a"));
        SmallServer.Run run = server.awaitRun().begin();
        Job waiting = jobs.submit(words("b"));
        CompletableFuture<?> end = waiting.completion().toCompletableFuture();
        try (DatabaseAway away = new DatabaseAway(database)) {
            assertKind(Kind.UNAVAILABLE, waiting::cancel);
        }
        new Ledger(database, time, id -> uploads.resolve(id.path()), Chronicle.NONE)
                .cancel(waiting.id(), Problem.of("It was written all the same"), false);

        time.advance(Duration.ofSeconds(2));

        awaitUntil(end::isCompletedExceptionally);
        assertThat(waiting.state()).isEqualTo(JobState.CANCELLED);
        run.finish();
    }
}
