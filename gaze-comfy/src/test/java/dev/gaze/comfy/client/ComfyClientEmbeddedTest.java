package dev.gaze.comfy.client;

import static dev.gaze.comfy.client.ScriptedComfy.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gaze.api.backend.RenderEvent;
import dev.gaze.api.backend.ServerSettings;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.workflow.Workflow;
import dev.gaze.comfy.embedded.EmbeddedComfy;
import dev.gaze.testkit.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The whole client against a whole server, in good times and in bad ones. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ComfyClientEmbeddedTest {
    private final ManualTime time = new ManualTime();
    private final EmbeddedComfy comfy = EmbeddedComfy.start(time);
    private ComfyClient client = new ComfyClient(ServerSettings.of(comfy.address()), time, Runnable::run);
    private final Told told = new Told();

    @AfterEach
    void close() {
        client.close();
        comfy.close();
    }

    private ComfyRun start(Workflow workflow) {
        return client.run(UUID.randomUUID(), workflow.json(), JsonObject.empty(), told);
    }

    private static JsonObject node(String classType, Object... inputs) {
        return JsonObject.of("class_type", classType, "inputs", JsonObject.of(inputs));
    }

    /** A sampler of six steps with previews. */
    static Workflow sampling(long seed) {
        return Workflow.of(JsonObject.of(
                "4", node("CheckpointLoaderSimple", "ckpt_name", "Illustrious/model.safetensors"),
                "5", node("EmptyLatentImage", "width", 64, "height", 64, "batch_size", 1),
                "6", node("CLIPTextEncode", "text", "a lighthouse", "clip", JsonArray.of("4", 1)),
                "3",
                        node(
                                "KSampler",
                                "seed",
                                seed,
                                "steps",
                                6,
                                "cfg",
                                6.5,
                                "sampler_name",
                                "euler",
                                "scheduler",
                                "normal",
                                "denoise",
                                1,
                                "model",
                                JsonArray.of("4", 0),
                                "positive",
                                JsonArray.of("6", 0),
                                "negative",
                                JsonArray.of("6", 0),
                                "latent_image",
                                JsonArray.of("5", 0)),
                "8", node("VAEDecode", "samples", JsonArray.of("3", 0), "vae", JsonArray.of("4", 2)),
                "9", node("SaveImage", "filename_prefix", "t/s", "images", JsonArray.of("8", 0))));
    }

    private RenderEvent.Ended passToTheEnd() {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> {
            time.advance(Duration.ofSeconds(1));
            return told.all.stream().anyMatch(RenderEvent.Ended.class::isInstance);
        });
        assertThat(told.all.stream().filter(RenderEvent.Ended.class::isInstance))
                .hasSize(1);
        return (RenderEvent.Ended) told.all.get(told.all.size() - 1);
    }

    @Test
    @Tag("G13")
    @Tag("G14")
    void a_sampler_is_followed_step_by_step_with_previews_to_its_image() throws Exception {
        ComfyRun run = start(sampling(1));
        RenderEvent.Finished finished = (RenderEvent.Finished) run.await();

        told.next(RenderEvent.Finished.class);
        assertThat(told.all.stream().filter(RenderEvent.Progressed.class::isInstance))
                .hasSize(6)
                .contains(new RenderEvent.Progressed("3", 1, 6), new RenderEvent.Progressed("3", 6, 6));
        assertThat(told.all.stream().filter(RenderEvent.Previewed.class::isInstance))
                .isNotEmpty();
        assertThat(told.all).contains(new RenderEvent.Started(6), new RenderEvent.NodeStarted("9"));
        assertThat(finished.outputs()).hasSize(1);
        assertThat(finished.outputs().get(0).source().read()).startsWith(0x89, 'P', 'N', 'G');
        assertThat(comfy.requests().stream().map(request -> request.method() + " " + request.target()))
                .as("no round trip more than needed")
                .hasSize(3);
    }

    @Test
    void the_same_graph_again_is_all_cached_and_ends_with_the_same_file() throws Exception {
        RenderEvent.Finished first = (RenderEvent.Finished) start(sampling(1)).await();
        RenderEvent.Finished second = (RenderEvent.Finished) start(sampling(1)).await();

        assertThat(second.outputs().toString()).isEqualTo(first.outputs().toString());
        assertThat(told.all).contains(new RenderEvent.Started(0));
    }

    @Test
    void many_runs_at_once_each_get_their_own_files() throws Exception {
        List<ComfyRun> runs = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            runs.add(client.run(ComfyClientEndpointsTest.image(i)));
        }
        List<String> files = new ArrayList<>();
        for (ComfyRun run : runs) {
            files.add(((RenderEvent.Finished) run.await()).outputs().toString());
        }

        assertThat(files).doesNotHaveDuplicates().hasSize(40);
        assertThat(comfy.sockets()).isEqualTo(1);
    }

    @Test
    @Tag("I85")
    void running_out_of_memory_is_a_failure_with_advice() throws Exception {
        comfy.runOutOfMemory("KSampler");
        RenderEvent.Failed failed = (RenderEvent.Failed) start(sampling(1)).await();

        assertThat(failed.retryable()).isFalse();
        assertThat(failed.problem().toString()).contains("Node 3 (KSampler)", "smaller size");
    }

    @Test
    void a_refusal_of_a_kind_nobody_knows_is_unknown_and_said() {
        comfy.refusePrompts("phase_of_the_moon", "Not today");

        assertThatThrownBy(() -> start(sampling(1)))
                .isInstanceOfSatisfying(
                        ComfyException.class,
                        refused -> assertThat(refused.error())
                                .isEqualTo(new ComfyError.Unknown("phase_of_the_moon", "Not today", "")));
    }

    @Test
    void a_graph_with_one_good_and_one_bad_output_is_refused_and_leaves_the_queue_empty() {
        Workflow two = sampling(1)
                .with(dev.gaze.api.workflow.WorkflowNode.of(
                        "10", "SaveImage", "bad", JsonObject.of("filename_prefix", "t/bad")));
        comfy.standStill();

        assertThatThrownBy(() -> start(two))
                .isInstanceOfSatisfying(
                        ComfyException.class,
                        refused -> assertThat(((ComfyError.Validation) refused.error()).partly())
                                .isTrue())
                .hasMessageContaining("Input 'images' is missing");
        comfy.recover();
        await().atMost(PATIENCE).until(() -> client.remaining() == 0);
        assertThat(told.all).isEmpty();
    }

    @Test
    void exactly_the_cancelled_ones_among_several_end_and_the_others_go_on() throws Exception {
        comfy.standStill();
        ComfyRun running = client.run(sampling(1));
        comfy.awaitRunning();
        ComfyRun waiting = client.run(sampling(2));
        ComfyRun spared = client.run(sampling(3));
        ComfyRun alsoSpared = client.run(sampling(4));
        waiting.cancel();
        assertThat(waiting.await()).isEqualTo(new RenderEvent.Interrupted(true));
        running.cancel();
        assertThat(running.await()).isEqualTo(new RenderEvent.Interrupted(true));
        comfy.recover();

        assertThat(spared.await()).isInstanceOf(RenderEvent.Finished.class);
        assertThat(alsoSpared.await()).isInstanceOf(RenderEvent.Finished.class);
    }

    @Test
    void a_dropped_socket_does_not_lose_a_run() throws Exception {
        comfy.standStill();
        ComfyRun run = start(sampling(1));
        comfy.awaitRunning();
        comfy.dropSockets();
        await().atMost(PATIENCE).until(() -> comfy.sockets() == 1);
        comfy.recover();

        assertThat(passToTheEnd()).isInstanceOf(RenderEvent.Finished.class);
        assertThat(((RenderEvent.Finished) run.await()).outputs()).hasSize(1);
    }

    @Test
    void lost_frames_do_not_lose_a_run() {
        comfy.loseFrames();
        start(sampling(1));
        comfy.awaitFinished(1);

        assertThat(passToTheEnd())
                .isInstanceOfSatisfying(
                        RenderEvent.Finished.class,
                        finished -> assertThat(finished.outputs()).hasSize(1));
    }

    @Test
    void a_restart_in_the_middle_loses_the_run_and_the_next_one_works() throws Exception {
        comfy.standStill();
        start(sampling(1));
        comfy.awaitRunning();
        comfy.restart();

        assertThat(passToTheEnd()).isInstanceOf(RenderEvent.Lost.class);
        comfy.recover();
        Told next = new Told();
        client.run(UUID.randomUUID(), sampling(2).json(), JsonObject.empty(), next);
        await().atMost(PATIENCE).until(() -> {
            time.advance(Duration.ofSeconds(1));
            return next.all.stream().anyMatch(RenderEvent.Finished.class::isInstance);
        });
    }

    @Test
    void a_killed_worker_is_told_from_a_busy_one() {
        comfy.killWorker();
        start(sampling(1));

        assertThat(passToTheEnd())
                .isInstanceOfSatisfying(
                        RenderEvent.Failed.class,
                        failed -> assertThat(failed.problem().what()).contains("worker has stopped"));
    }

    @Test
    void history_that_comes_late_is_waited_for() throws Exception {
        comfy.historyComesLate(Duration.ofSeconds(3));
        start(sampling(1));

        assertThat(passToTheEnd()).isInstanceOf(RenderEvent.Finished.class);
    }

    @Test
    void a_truncated_image_and_a_log_in_page_are_told_apart_from_an_image() throws Exception {
        RenderEvent.Finished finished =
                (RenderEvent.Finished) start(sampling(1)).await();
        comfy.truncateImages();
        assertThatThrownBy(() -> finished.outputs().get(0).source().read())
                .isInstanceOfSatisfying(ComfyException.class, cut -> {
                    assertThat(cut.error()).isInstanceOf(ComfyError.CutShort.class);
                    assertThat(cut.retryable()).isTrue();
                });
        comfy.recover();
        comfy.answerHtml("/view");
        assertThatThrownBy(() -> finished.outputs().get(0).source().read())
                .isInstanceOfSatisfying(
                        ComfyException.class, page -> assertThat(page.error()).isInstanceOf(ComfyError.NotComfy.class));
        comfy.recover();
        assertThat(finished.outputs().get(0).source().read()).startsWith(0x89, 'P', 'N', 'G');
    }

    @Test
    void a_server_behind_a_path_and_a_password_is_reached_with_both_and_not_without() throws Exception {
        try (EmbeddedComfy guarded = EmbeddedComfy.builder()
                        .time(time)
                        .basePath("/comfy")
                        .authorization("Bearer sesame")
                        .start();
                ComfyClient right = new ComfyClient(settings(guarded, "sesame"), time, Runnable::run);
                ComfyClient wrong = new ComfyClient(settings(guarded, "wrong"), time, Runnable::run)) {
            assertThat(right.run(sampling(1)).await()).isInstanceOf(RenderEvent.Finished.class);
            assertThat(guarded.sockets()).isEqualTo(1);
            assertThatThrownBy(() -> wrong.run(sampling(1)))
                    .isInstanceOfSatisfying(
                            GazeException.class,
                            refused -> assertThat(refused.kind()).isEqualTo(GazeException.Kind.INVALID))
                    .hasMessageContaining("401")
                    .hasMessageNotContaining("wrong");
        }
    }

    private static ServerSettings settings(EmbeddedComfy server, String secret) {
        return new ServerSettings("guarded", server.address(), Map.of(), null, secret, ServerSettings.Limits.DEFAULT);
    }

    @Test
    void closing_during_a_run_leaves_no_thread_behind() throws Exception {
        comfy.standStill();
        start(sampling(1));
        comfy.awaitRunning();
        client.close();

        told.next(RenderEvent.Lost.class);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet().stream()
                                .map(Thread::getName)
                                .filter(name -> name.startsWith("gaze-comfy-")))
                        .isEmpty());
        assertThat(client.toString()).doesNotContain("secret");
    }
}
