package dev.gaze.comfy.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.json.JsonObject;
import dev.gaze.comfy.embedded.EmbeddedComfy;
import dev.gaze.testkit.ManualTime;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The trouble the embedded server makes when told to, as others see it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MisbehaviourTest {
    private final ManualTime time = new ManualTime();
    private final EmbeddedComfy comfy = EmbeddedComfy.start(time);
    private final RawComfy http = new RawComfy(comfy.address(), 10);

    @AfterEach
    void close() {
        http.close();
        comfy.close();
    }

    @Test
    void dropped_sockets_end_without_a_close_frame() {
        RawSocket socket = http.socket("dropped");
        comfy.dropSockets();

        assertThat(socket.awaitEnd()).isEqualTo("failed");
        comfy.awaitSockets(0);
        assertThat(http.run(Graphs.preview()).text("status", "status_str")).hasValue("success");
    }

    @Test
    void lost_frames_leave_history_as_the_only_witness() {
        try (RawSocket socket = http.socket("deaf")) {
            comfy.loseFrames();
            String id = http.submit(Graphs.preview(), "deaf");
            comfy.awaitFinished(1);

            assertThat(socket.left()).isEmpty();
            assertThat(http.history(id).text("status", "status_str")).hasValue("success");
        }
    }

    @Test
    void a_silent_server_answers_http_and_gets_nothing_done() {
        try (RawSocket socket = http.socket("silent")) {
            comfy.fallSilent();
            String id = http.submit(Graphs.preview(), "silent");
            comfy.awaitRunning();

            assertThat(http.get("/queue").status()).isEqualTo(200);
            assertThat(http.history(id)).isEqualTo(JsonObject.empty());
            assertThat(socket.left()).isEmpty();
            comfy.recover();
            comfy.awaitFinished(1);
            assertThat(http.history(id).text("status", "status_str")).hasValue("success");
        }
    }

    @Test
    void a_dead_worker_leaves_prompts_pending_until_a_restart() {
        comfy.killWorker();
        http.submit(Graphs.preview(), null);

        assertThat(http.get("/prompt")
                        .object()
                        .number("exec_info", "queue_remaining")
                        .orElseThrow()
                        .asInt())
                .isEqualTo(1);
        assertThat(ContractRows.list(http.get("/queue").object(), "queue_running"))
                .isEmpty();
        comfy.restart();
        assertThat(http.run(Graphs.preview()).text("status", "status_str")).hasValue("success");
    }

    @Test
    void steps_take_the_time_they_are_told_on_the_servers_clock() {
        comfy.stepsTake(Duration.ofSeconds(30));
        try (RawSocket socket = http.socket("slow")) {
            String id = http.submit(Graphs.sampled(1, 2), "slow");
            socket.until(frame -> frame.brief().equals("executing 3"));
            for (int step = 1; step <= 2; step++) {
                awaitTimer();
                time.advance(Duration.ofSeconds(29));
                assertThat(time.waiting()).as("the step goes on").isPositive();
                assertThat(socket.left()).extracting(RawSocket.Frame::brief).doesNotContain("progress 3");
                time.advance(Duration.ofSeconds(1));
                socket.until(frame -> frame.brief().equals("progress 3"));
            }
            socket.untilEnd(id);
        }
    }

    /** The worker asks for its timer a moment after it tells of the node. */
    private void awaitTimer() {
        org.awaitility.Awaitility.await().until(() -> time.waiting() > 0);
    }

    @Test
    void history_can_come_later_than_success() {
        comfy.historyComesLate(Duration.ofSeconds(5));
        try (RawSocket socket = http.socket("late")) {
            String id = http.submit(Graphs.preview(), "late");
            socket.until(frame -> frame.type().equals("execution_success"));

            assertThat(http.history(id)).isEqualTo(JsonObject.empty());
            org.awaitility.Awaitility.await().until(() -> time.waiting() > 0);
            time.advance(Duration.ofSeconds(5));
            socket.untilEnd(id);
            assertThat(http.history(id).members()).isNotEmpty();
        }
    }

    @Test
    void a_refused_prompt_gets_the_error_it_was_given() {
        comfy.refusePrompts("quota_exceeded", "Come back tomorrow");
        Reply reply = http.prompt(Graphs.preview(), null);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.object().text("error", "type")).hasValue("quota_exceeded");
        assertThat(comfy.promptCount()).isZero();
    }

    @Test
    void a_node_fails_by_class_or_by_id() {
        comfy.failNode("EmptyImage", "RuntimeError", "no more paint");
        assertThat(http.run(Graphs.preview()).toString()).contains("no more paint", "RuntimeError");
        comfy.recover();
        comfy.runOutOfMemory("2");
        assertThat(http.run(Graphs.preview()).toString()).contains("OutOfMemoryError");
        comfy.recover();
        assertThat(http.run(Graphs.preview()).text("status", "status_str")).hasValue("success");
    }

    @Test
    void a_route_hangs_until_it_recovers() throws Exception {
        comfy.hang("/history");
        CompletableFuture<Reply> waiting = CompletableFuture.supplyAsync(() -> http.get("/api/history"));

        assertThat(http.get("/queue").status()).isEqualTo(200);
        assertThat(waiting).isNotDone();
        comfy.recover();
        assertThat(waiting.get(10, TimeUnit.SECONDS).status()).isEqualTo(200);
    }

    @Test
    void a_hanging_server_can_be_closed() {
        comfy.hang("/");
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> http.get("/queue"));
        org.awaitility.Awaitility.await()
                .until(() -> comfy.requests().stream()
                        .anyMatch(request -> request.target().equals("/queue")));
        comfy.close();

        assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
    }

    @Test
    void routes_answer_html_errors_or_nothing_at_all() {
        comfy.answerHtml("/history");
        comfy.answerStatus("/view", 503);
        comfy.closeConnections("/free");

        assertThat(http.get("/history").headers().get("Content-Type")).startsWith("text/html");
        assertThat(http.get("/view?filename=x").status()).isEqualTo(503);
        assertThatThrownBy(() -> http.post("/free", JsonObject.empty())).isInstanceOf(UncheckedIOException.class);
        assertThat(http.get("/queue").status()).isEqualTo(200);
    }

    @Test
    void a_slow_answer_comes_in_pieces_on_the_servers_clock() throws Exception {
        comfy.answerSlowly("/object_info", Duration.ofSeconds(1));
        CompletableFuture<Reply> waiting = CompletableFuture.supplyAsync(() -> http.get("/object_info/KSampler"));
        org.awaitility.Awaitility.await().until(() -> time.waiting() > 0);

        assertThat(waiting).isNotDone();
        org.awaitility.Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    time.advance(Duration.ofSeconds(1));
                    return waiting.isDone();
                });
        assertThat(waiting.get().object().members()).containsOnlyKeys("KSampler");
    }

    @Test
    void truncated_images_have_half_their_bytes() {
        String path = ContractRows.view(ContractRows.image(http.run(Graphs.preview()), "2"));
        int whole = http.get(path).body().length;
        comfy.truncateImages();

        assertThat(http.get(path).body()).hasSize(whole / 2);
    }

    @Test
    void a_graph_too_deep_to_follow_is_refused_and_a_deep_one_runs() {
        assertThat(http.prompt(chain(800), null).status()).isEqualTo(200);
        comfy.awaitFinished(1);
        assertThat(http.get("/history").text()).contains("execution_success");
        assertThat(http.prompt(chain(20_000), null).status()).isEqualTo(400);
    }

    private static JsonObject chain(int length) {
        java.util.Map<String, dev.gaze.api.json.JsonValue> nodes = new java.util.LinkedHashMap<>();
        nodes.put("0", Graphs.preview().object("1"));
        for (int i = 1; i < length; i++) {
            nodes.put(
                    Integer.toString(i), Graphs.node("ImageInvert", "image", Graphs.link(Integer.toString(i - 1), 0)));
        }
        nodes.put("end", Graphs.node("PreviewImage", "images", Graphs.link(Integer.toString(length - 1), 0)));
        return new JsonObject(nodes);
    }

    @Test
    void it_remembers_requests_and_prompts() {
        http.send("GET", "/queue", null, Map.of("X-Mark", "here"));
        String id = http.submit(Graphs.preview(77), null);

        assertThat(comfy.requests()).anySatisfy(request -> {
            assertThat(request.target()).isEqualTo("/queue");
            assertThat(request.headers().get("x-mark")).containsExactly("here");
        });
        assertThat(comfy.promptIds()).containsExactly(id);
        assertThat(comfy.awaitPrompt()
                        .number("1", "inputs", "color")
                        .orElseThrow()
                        .asInt())
                .isEqualTo(77);
    }

    @Test
    void models_can_be_added_and_taken_away_while_it_runs() {
        comfy.models("loras", List.of("new/one.safetensors"));
        assertThat(http.get("/models/loras").text()).contains("new/one.safetensors", "sketch_look");
        comfy.onlyModels("loras", List.of("new\\two.safetensors"));
        assertThat(http.get("/models/loras").text()).isEqualTo("[\"new/two.safetensors\"]");
        assertThat(http.get("/object_info/LoraLoader").text()).contains("new/two.safetensors");
    }

    @Test
    void a_windows_server_separates_with_backslashes() {
        try (EmbeddedComfy windows = EmbeddedComfy.builder().separator('\\').start();
                RawComfy other = new RawComfy(windows.address(), 10)) {
            JsonObject refused = other.prompt(Graphs.sampled(1, 1), null).object();
            JsonObject graph = Graphs.with(Graphs.sampled(1, 1), "4", "ckpt_name", "Illustrious\\model.safetensors");
            JsonObject image =
                    ContractRows.image(other.run(Graphs.with(graph, "9", "filename_prefix", "gaze/day/one")), "9");

            assertThat(refused.text("error", "type")).hasValue("prompt_outputs_failed_validation");
            assertThat(image.text("subfolder")).hasValue("gaze\\day");
            assertThat(other.get(ContractRows.view(image)).status()).isEqualTo(200);
        }
    }

    @Test
    void a_base_path_and_a_password_are_asked_for() {
        try (EmbeddedComfy behind = EmbeddedComfy.builder()
                        .basePath("/comfy")
                        .authorization("Bearer secret")
                        .start();
                RawComfy other = new RawComfy(behind.address(), 10)) {
            assertThat(other.get("/queue").status()).isEqualTo(401);
            assertThat(other.send("GET", "/queue", null, Map.of("Authorization", "Bearer secret"))
                            .status())
                    .isEqualTo(200);
        }
    }
}
