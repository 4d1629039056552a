package dev.gaze.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gaze.api.backend.RenderEvent;
import dev.gaze.api.job.Job;
import dev.gaze.api.job.JobEvent;
import dev.gaze.api.job.JobResult;
import dev.gaze.api.job.JobState;
import dev.gaze.api.job.Jobs;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.core.small.SmallServer;
import dev.gaze.core.small.SmallWirer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Jobs on their way to a server. */
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
}
