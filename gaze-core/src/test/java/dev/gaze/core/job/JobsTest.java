package dev.gaze.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gaze.api.backend.BackendId;
import dev.gaze.api.backend.RenderEvent;
import dev.gaze.api.job.Job;
import dev.gaze.api.job.JobEvent;
import dev.gaze.api.job.JobId;
import dev.gaze.api.job.JobResult;
import dev.gaze.api.job.JobState;
import dev.gaze.api.job.Jobs;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.small.Images;
import dev.gaze.core.small.SmallServer;
import dev.gaze.core.small.SmallWirer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class JobsTest extends JobTesting {

    @Test
    @Tag("I5")
    @Tag("I70")
    @Tag("G42")
    @Tag("G44")
    void a_job_goes_from_the_queue_over_a_server_to_an_image_on_disk() throws Exception {
        SmallServer server = server("s");
        Job job = jobs(server).submit(words("a lighthouse"));
        assertThat(job.state()).isEqualTo(JobState.QUEUED);
        SmallServer.Run run = server.awaitRun();
        Heard heard = heard(job);
        run.begin();
        run.tell(new RenderEvent.Progressed("3", 1, 4));
        run.tell(new RenderEvent.Previewed("3", "image/jpeg", new byte[] {1}));
        run.tell(new RenderEvent.Progressed("3", 4, 4));
        run.finish();

        JobResult result = job.await(LONG);

        assertThat(result.image().file()).exists();
        assertThat(job.state()).isEqualTo(JobState.DONE);
        assertThat(job.progress()).isEqualTo(1);
        assertThat(job.position()).isZero();
        assertThat(job.result()).contains(result);
        assertThat(job.ended()).contains(time.now());
        assertThat(heard.all())
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Queued", "Started", "Progressed", "Previewed", "Progressed", "Done");
    }

    @Test
    void what_is_sent_carries_words_a_folder_of_its_own_and_the_gaze_chunk() {
        SmallServer server = server("s");
        Job job = jobs(server).submit(words("a lighthouse"));
        SmallServer.Run run = server.awaitRun();

        assertThat(run.workflow().node("6").orElseThrow().text("text")).contains("a lighthouse");
        assertThat(run.workflow().node("9").orElseThrow().text("filename_prefix"))
                .contains("gaze/2026-01-02/" + job.id() + "/img");
        assertThat(run.pngInfo().text("gaze", "job")).contains(job.id().toString());
        assertThat(run.prompt()).isNotEqualTo(job.id().value());
    }

    @Test
    @Tag("I18")
    @Tag("I9")
    @Tag("I10")
    void jobs_run_in_order_one_at_a_time_and_positions_count_from_one() {
        SmallServer server = server("s");
        Jobs jobs = jobs(server);
        Job a = jobs.submit(words("a"));
        SmallServer.Run first = server.awaitRun();
        Job b = jobs.submit(words("b"));
        Job c = jobs.submit(words("c"));
        assertThat(List.of(a.position(), b.position(), c.position())).containsExactly(1, 2, 3);

        first.begin();
        first.finish();
        a.await(LONG);
        SmallServer.Run second = server.awaitRun();
        assertThat(second.workflow().node("6").orElseThrow().text("text")).contains("b");
        assertThat(c.position()).isEqualTo(2);
        assertThat(jobs.list(Set.of(), 0, 10).items()).extracting(Job::id).containsExactly(c.id(), b.id(), a.id());
        assertThat(jobs.list(Set.of(JobState.DONE), 0, 10).items())
                .extracting(Job::id)
                .containsExactly(a.id());
        assertThat(jobs.list(Set.of(), 1, 1).items()).extracting(Job::id).containsExactly(b.id());
        assertThat(server.runs()).hasSize(2);
    }

    @Test
    void who_waits_hears_of_moving_up() throws Exception {
        SmallServer server = server("s");
        Jobs jobs = jobs(server);
        jobs.submit(words("a"));
        SmallServer.Run first = server.awaitRun();
        Heard heard = heard(jobs.submit(words("b")));
        assertThat(heard.next())
                .isInstanceOfSatisfying(
                        JobEvent.Queued.class,
                        queued -> assertThat(queued.position()).isEqualTo(2));
        first.begin();
        assertThat(heard.next())
                .isInstanceOfSatisfying(
                        JobEvent.Queued.class,
                        queued -> assertThat(queued.position()).isEqualTo(1));
    }

    @Test
    @Tag("D66")
    void with_several_servers_jobs_run_beside_each_other() {
        SmallServer left = server("left");
        SmallServer right = server("right");
        Jobs jobs = jobs(left, right);
        Job a = jobs.submit(words("a"));
        Job b = jobs.submit(words("b"));

        SmallServer.Run onLeft = left.awaitRun();
        SmallServer.Run onRight = right.awaitRun();
        onLeft.finish();
        onRight.finish();

        a.await(LONG);
        b.await(LONG);
        assertThat(left.runs()).hasSize(1);
        assertThat(right.runs()).hasSize(1);
    }

    @Test
    @Tag("D66")
    void a_job_goes_to_the_server_that_can_make_it() {
        SmallServer poor = server("poor").drawing();
        SmallServer rich = server("rich").drawing();
        rich.has(SmallWirer.facts("model.safetensors", "rare.safetensors"));

        jobs(poor, rich).submit(needing("rare.safetensors")).await(LONG);

        assertThat(poor.runs()).isEmpty();
        assertThat(rich.runs()).hasSize(1);
    }

    @Test
    @Tag("D66")
    void while_one_server_is_away_the_other_makes_everything() {
        SmallServer down = server("down").drawing();
        SmallServer up = server("up").drawing();
        down.away(true);
        Jobs jobs = jobs(down, up);

        List<Job> all = List.of(jobs.submit(words("a")), jobs.submit(words("b")), jobs.submit(words("c")));

        all.forEach(job -> job.await(LONG));
        assertThat(up.runs()).hasSize(3);
    }

    // Refusals -------------------------------------------------------------------------------------------------------

    @Test
    void a_server_that_is_down_is_named_with_what_to_do() {
        SmallServer server = server("127.0.0.1:8188");
        server.away(true);
        Job job = jobs(server).submit(words("a"));

        GazeException failure = catchThrowableOfType(GazeException.class, () -> job.await(LONG));

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure.retryable()).isTrue();
        assertThat(failure)
                .hasMessageContaining("http://127.0.0.1:8188")
                .hasMessageContaining("GAZE_COMFY_URL")
                .hasMessageContaining("gaze.json")
                .hasMessageContaining("embedded()");
        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.problem().orElseThrow().fix()).contains("gaze.json");
        assertThat(job.result()).isEmpty();
    }

    @Test
    void what_no_known_server_has_is_refused_at_once() {
        SmallServer server = server("s").drawing();
        Jobs jobs = jobs(server);
        jobs.submit(words("first")).await(LONG);

        assertThatThrownBy(() -> jobs.submit(needing("rare.safetensors")))
                .isInstanceOfSatisfying(
                        GazeException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.INVALID))
                .hasMessageContaining("rare.safetensors");
        assertThat(jobs.list(Set.of(), 0, 10).total()).isEqualTo(1);
    }

    @Test
    void a_file_added_to_the_server_meanwhile_is_noticed_before_refusing() {
        SmallServer server = server("s").drawing();
        Jobs jobs = jobs(server);
        jobs.submit(words("first")).await(LONG);
        server.has(SmallWirer.facts("model.safetensors", "rare.safetensors"));

        jobs.submit(needing("rare.safetensors")).await(LONG);

        assertThat(server.runs()).hasSize(2);
        assertThat(server.asked()).isEqualTo(2);
    }

    @Test
    void while_no_server_is_known_a_request_is_accepted_with_a_warning_and_refused_when_it_is_sent() {
        SmallServer server = server("s").drawing();
        Jobs jobs = jobs(server);
        Job hopeless = jobs.submit(needing("rare.safetensors"));

        assertThatThrownBy(() -> hopeless.await(LONG)).hasMessageContaining("rare.safetensors");
        assertThat(server.asked()).isEqualTo(2);
        assertThat(server.runs()).isEmpty();

        SmallServer fresh = server("fresh").drawing();
        Job accepted = jobs(fresh).submit(words("a"));
        assertThat(accepted.plan().warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.what()).contains("No server had told yet"));
        assertThat(accepted.await(LONG).warnings()).isEmpty();
    }

    @Test
    void all_servers_that_refuse_are_told_together() {
        SmallServer one = server("one").drawing();
        SmallServer two = server("two").drawing();
        Job job = jobs(one, two).submit(needing("rare.safetensors"));

        assertThatThrownBy(() -> job.await(LONG))
                .isInstanceOfSatisfying(
                        GazeException.class,
                        failure -> assertThat(failure.problems()).hasSize(2))
                .hasMessageContaining("one")
                .hasMessageContaining("two");
        assertThat(job.problem().orElseThrow().where()).contains("one").contains("two");
    }

    @Test
    void without_any_server_type_the_missing_jar_is_named() {
        assertThatThrownBy(() -> jobs().submit(words("a"))).hasMessageContaining("gaze-comfy");
    }

    // Ends -----------------------------------------------------------------------------------------------------------

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
        Job[] self = new Job[1];
        server.answering(run -> {
            while (self[0] == null) {
                Thread.onSpinWait();
            }
            self[0].cancel();
            return null;
        });
        self[0] = jobs.submit(words("a"));

        assertThatThrownBy(() -> self[0].await(LONG)).hasMessageContaining("cancelled");
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

    // Waiting and remembering ----------------------------------------------------------------------------------------

    @Test
    @Tag("G123")
    void waiting_has_a_limit_and_the_job_goes_on() throws Exception {
        SmallServer server = server("s");
        Job job = jobs(server).submit(words("a"));
        SmallServer.Run run = server.awaitRun();
        assertKind(Kind.TIMEOUT, () -> job.await(Duration.ZERO));
        int timers = time.waiting();

        var waiting = Executors.newSingleThreadExecutor();
        var late = waiting.submit(() -> job.await(Duration.ofMinutes(5)));
        while (time.waiting() == timers) {
            Thread.onSpinWait();
        }
        time.advance(Duration.ofMinutes(5));
        assertThatThrownBy(late::get)
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("has not ended within PT5M");
        waiting.shutdown();

        run.finish();
        assertThat(job.await(Duration.ofSeconds(Long.MAX_VALUE)).images()).hasSize(1);
        assertThat(time.waiting()).isEqualTo(timers);
    }

    @Test
    @Tag("G123")
    void the_end_can_be_awaited_without_a_thread() {
        SmallServer server = server("s").drawing();
        Jobs jobs = jobs(server);

        assertThat(jobs.submit(words("a"))
                        .completion()
                        .toCompletableFuture()
                        .join()
                        .images())
                .hasSize(1);
        server.answering(run -> new RenderEvent.Failed(Problem.of("no"), false, List.of()));
        assertThatThrownBy(() -> jobs.submit(words("b"))
                        .completion()
                        .toCompletableFuture()
                        .join())
                .hasCauseInstanceOf(GazeException.class);
    }

    @Test
    void every_waiter_gets_an_exception_of_its_own() {
        SmallServer server = server("s");
        server.away(true);
        Job job = jobs(server).submit(words("a"));

        Throwable first = catchThrowableOfType(GazeException.class, () -> job.await(LONG));
        Throwable second = catchThrowableOfType(GazeException.class, () -> job.await(LONG));

        assertThat(first).isNotSameAs(second).hasSameClassAs(second);
        assertThat(first.getStackTrace()[0].toString()).contains("Ending");
    }

    @Test
    @Tag("G45")
    @Tag("G105")
    void ended_jobs_are_forgotten_after_their_time_and_others_never() {
        SmallServer server = server("s").drawing();
        Jobs jobs = jobs(server);
        Job old = jobs.submit(words("a"));
        old.await(LONG);
        server.answering(run -> null);
        Job running = jobs.submit(words("b"));
        server.awaitRun();
        server.awaitRun();
        time.advance(Duration.ofMinutes(10));

        assertThat(jobs.prune(Duration.ofMinutes(11))).isZero();
        assertThat(jobs.get(old.id()).state()).isEqualTo(JobState.DONE);
        assertThat(jobs.prune(Duration.ofMinutes(10))).isEqualTo(1);
        assertThat(jobs.find(old.id())).isEmpty();
        assertThatThrownBy(() -> jobs.get(old.id())).hasMessageContaining("no job");
        time.advance(Duration.ofDays(400));
        assertThat(jobs.prune(Duration.ZERO)).isZero();
        assertThat(jobs.find(running.id())).isPresent();
        assertThat(old.result()).isPresent();
    }

    @Test
    @Tag("G45")
    @Tag("I18")
    void old_jobs_go_by_themselves_and_only_so_many_stay() throws Exception {
        SmallServer server = server("s").drawing();
        JobLimits few = new JobLimits(
                1_000,
                3,
                Duration.ofMinutes(10),
                Duration.ofMinutes(1),
                5,
                Duration.ofHours(1),
                16,
                Duration.ofSeconds(5));
        Jobs jobs = shop(few, server).jobs();
        Job first = jobs.submit(words("first"));
        first.await(LONG);
        for (int i = 0; i < 6; i++) {
            jobs.submit(words("a" + i)).await(LONG);
        }

        time.advance(Duration.ofMinutes(10));
        awaitUntil(() -> jobs.list(Set.of(), 0, 100).total() == 5);

        assertThat(jobs.find(first.id())).isEmpty();
        time.advance(Duration.ofHours(1));
        awaitUntil(() -> jobs.list(Set.of(), 0, 100).total() == 0);
    }

    @Test
    void a_job_prints_where_it_stands_without_its_words() {
        Job job = jobs(server("s")).submit(words("a secret garden"));

        assertThat(job.toString())
                .contains(job.id().toString())
                .contains("queued")
                .doesNotContain("garden");
        assertThat(job.plan().prompt().positive()).isEqualTo("a secret garden");
        assertThat(job.request().selection().plus()).isEqualTo("a secret garden");
    }

    @Test
    void a_started_job_tells_its_server() throws Exception {
        SmallServer server = server("attic");
        Job job = jobs(server).submit(words("a"));
        server.awaitRun().begin();
        Heard heard = heard(job);
        JobEvent event = heard.next();
        while (event instanceof JobEvent.Queued) {
            event = heard.next();
        }
        assertThat(event).isEqualTo(new JobEvent.Started(job.id(), new BackendId("attic")));
    }

    static void assertKind(Kind kind, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        GazeException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
