package dev.gaze.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.Gaze;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.job.Job;
import dev.gaze.api.job.JobResult;
import dev.gaze.api.job.JobState;
import dev.gaze.api.plan.Missing;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.comfy.embedded.EmbeddedComfy;
import dev.gaze.example.project.SampleLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole jobs on a server that speaks ComfyUI's protocol and misbehaves as told. */
@Timeout(120)
@DisplayNameGeneration(ReplaceUnderscores.class)
class JobFaultsTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final GenerationRequest WORDS =
            GenerationRequest.mix().plus("a lighthouse").size(64, 64).steps(2);

    @TempDir
    Path folder;

    private final EmbeddedComfy comfy = EmbeddedComfy.start();
    private Path library;
    private Gaze gaze;

    @BeforeEach
    void open() throws Exception {
        library = SampleLibrary.copyTo(folder);
        comfy.models("checkpoints", List.of("Illustrious/model.safetensors"));
        gaze = Gaze.builder().library(library).server(comfy.address()).open();
    }

    @AfterEach
    void close() {
        gaze.close();
        comfy.close();
    }

    private List<Path> filed() throws Exception {
        try (Stream<Path> files = Files.walk(library.resolve("uploads"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private void assertFails(Kind kind, String said) throws Exception {
        Job job = gaze.generate(WORDS);
        assertThatThrownBy(() -> job.await(LONG))
                .isInstanceOfSatisfying(
                        GazeException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(kind))
                .hasMessageContaining(said);
        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(filed()).isEmpty();
    }

    @Test
    void a_truncated_image_is_never_done() throws Exception {
        comfy.truncateImages();

        Job job = gaze.generate(WORDS);

        assertThatThrownBy(() -> job.await(LONG)).isInstanceOf(GazeException.class);
        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(filed()).isEmpty();
    }

    @Test
    @Tag("I85")
    void running_out_of_memory_comes_with_advice() throws Exception {
        comfy.runOutOfMemory("KSampler");

        assertFails(Kind.FAILED, "smaller");
    }

    @Test
    void a_log_in_page_is_told_as_such() throws Exception {
        comfy.answerHtml("/object_info");

        assertFails(Kind.FAILED, "login page");
        comfy.recover();
        assertThat(gaze.generate(WORDS).await(LONG).image().file()).exists();
    }

    @Test
    void a_server_in_trouble_is_told_as_such() throws Exception {
        comfy.answerStatus("/prompt", 500);

        assertFails(Kind.UNAVAILABLE, "status 500");
        comfy.recover();
        assertThat(gaze.generate(WORDS).await(LONG).image().file()).exists();
    }

    @Test
    void after_a_restart_in_the_middle_the_job_is_run_again_and_says_so() throws Exception {
        comfy.standStill();
        Job job = gaze.generate(WORDS);
        comfy.awaitRunning();

        comfy.restart();
        comfy.recover();

        assertThat(job.await(LONG).warnings().toString()).contains("run again");
        assertThat(filed()).hasSize(1);
    }

    @Test
    void a_dropped_socket_costs_nothing() {
        comfy.standStill();
        Job job = gaze.generate(WORDS);
        comfy.awaitRunning();
        comfy.dropSockets();
        comfy.recover();

        assertThat(job.await(LONG).image().file()).exists();
    }

    @Test
    @Tag("I11")
    void cancelling_a_running_job_stops_that_one_and_the_next_goes_on() {
        comfy.standStill();
        Job first = gaze.generate(WORDS);
        Job second = gaze.generate(WORDS);
        comfy.awaitRunning();

        first.cancel();

        assertThatThrownBy(() -> first.await(LONG))
                .isInstanceOfSatisfying(
                        GazeException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.CANCELLED));
        comfy.recover();
        assertThat(second.await(LONG).image().file()).exists();
        assertThat(first.state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    @Tag("G44")
    void a_run_goes_on_while_the_library_is_closed_and_is_found_again_when_it_is_opened() throws Exception {
        comfy.standStill();
        Job job = gaze.generate(WORDS);
        comfy.awaitRunning();

        gaze.close();
        comfy.recover();
        gaze = Gaze.builder().library(library).server(comfy.address()).open();

        assertThat(gaze.jobs().get(job.id()).await(LONG).image().file()).exists();
        assertThat(gaze.jobs().get(job.id()).attempts()).hasSize(1);
        assertThat(comfy.requests().stream()
                        .filter(request -> request.method().equals("POST")
                                && request.target().endsWith("/prompt")))
                .hasSize(1);
        assertThat(filed()).hasSize(1);
    }

    @Test
    void the_same_picture_again_comes_out_of_the_cache_and_is_filed_anew() throws Exception {
        GenerationRequest same = WORDS.seed(7);

        Path first = gaze.generate(same).await(LONG).image().file();
        Path second = gaze.generate(same).await(LONG).image().file();

        assertThat(second).isNotEqualTo(first).exists();
        assertThat(filed()).hasSize(2);
    }

    @Test
    void a_missing_lora_is_refused_with_the_nearest_name_or_left_out() {
        comfy.models("loras", List.of("Illustrious/Looks/mira_vale_v2.safetensors"));
        GenerationRequest mira = WORDS.character("mira_vale");

        assertThatThrownBy(() -> gaze.generate(mira).await(LONG))
                .hasMessageContaining("Illustrious/Looks/mira_vale.safetensors")
                .hasMessageContaining("mira_vale_v2");
        JobResult without = gaze.generate(mira.missing(Missing.LEAVE_OUT)).await(LONG);
        assertThat(without.warnings())
                .anySatisfy(warning -> assertThat(warning.what()).contains("mira_vale.safetensors"));
    }

    @Test
    @Tag("I18")
    @Tag("D66")
    void many_jobs_on_two_servers_all_end_well() throws Exception {
        try (EmbeddedComfy other = EmbeddedComfy.start()) {
            other.models("checkpoints", List.of("Illustrious/model.safetensors"));
            gaze.close();
            gaze = Gaze.builder()
                    .library(library)
                    .server(comfy.address())
                    .server(other.address())
                    .open();

            List<Job> jobs =
                    IntStream.range(0, 12).mapToObj(i -> gaze.generate(WORDS)).toList();

            assertThat(jobs)
                    .allSatisfy(
                            job -> assertThat(job.await(LONG).image().file()).exists());
            assertThat(filed()).hasSize(12);
            assertThat(comfy.promptCount() + other.promptCount()).isEqualTo(12);
            assertThat(other.promptCount()).isPositive();
        }
    }
}
