package dev.gaze.comfy.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.backend.RenderEvent;
import dev.gaze.api.backend.RenderOutput;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonObject;
import dev.gaze.comfy.client.ScriptedComfy.Line;
import dev.gaze.testkit.ManualTime;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a run makes of the frames it is sent. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ComfyClientRunTest {
    private static final JsonObject GRAPH = JsonObject.of(
            "1", JsonObject.of("class_type", "EmptyImage", "inputs", JsonObject.of("width", 64)),
            "2", JsonObject.of("class_type", "SaveImage", "inputs", JsonObject.of("images", JsonArray.of("1", 0))));

    private final ManualTime time = new ManualTime();
    private final ScriptedComfy server = new ScriptedComfy();
    private final ExecutorService callbacks = Executors.newSingleThreadExecutor(work -> new Thread(work, "callbacks"));
    private final ComfyClient client = new ComfyClient(server.settings(), time, callbacks);
    private final Told told = new Told();

    @AfterEach
    void close() {
        client.close();
        server.close();
        callbacks.shutdownNow();
    }

    private ComfyRun start() {
        return client.run(UUID.randomUUID(), GRAPH, JsonObject.empty(), told);
    }

    @Test
    @Tag("G13")
    void a_prompt_is_posted_with_our_id_in_lower_case_after_the_socket_is_known_to_the_server() throws Exception {
        UUID id = UUID.fromString("ABCDEF01-2345-6789-ABCD-EF0123456789");
        ComfyRun run = client.run(id, GRAPH, JsonObject.of("gaze", JsonObject.of("seed", 1)), told);

        JsonObject body = server.body("POST /prompt");
        assertThat(run.prompt()).isEqualTo(id);
        assertThat(body.text("prompt_id")).hasValue("abcdef01-2345-6789-abcd-ef0123456789");
        assertThat(body.text("client_id")).hasValue(server.nextLine().client);
        assertThat(body.object("prompt")).isEqualTo(GRAPH);
        assertThat(body.object("extra_data", "extra_pnginfo", "gaze")).isEqualTo(JsonObject.of("seed", 1));
        assertThat(body.get("number"))
                .as("a number on a retry kills the server's worker")
                .isEmpty();
        assertThat(server.asked.stream().map(ScriptedComfy::name)).containsExactly("GET /ws", "POST /prompt");
    }

    @Test
    void feature_flags_are_the_first_thing_said_on_a_socket() throws Exception {
        start();

        assertThat(server.nextLine().said.take())
                .isEqualTo("{\"type\":\"feature_flags\",\"data\":{\"supports_preview_metadata\":true}}");
    }

    @Test
    void no_request_carries_an_origin_and_all_speak_http_1_1() throws Exception {
        start();
        client.view(new OutputFile("2", "images", "a.png", "gaze", "output"));

        assertThat(server.asked).hasSize(3);
        for (RecordedRequest request : server.asked) {
            assertThat(request.getHeaders().get("Origin"))
                    .as(request.toString())
                    .isNull();
            assertThat(request.getVersion()).isEqualTo("HTTP/1.1");
        }
    }

    @Test
    @Tag("G14")
    void a_whole_run_is_told_in_order_and_ends_once_without_another_request() throws Exception {
        ComfyRun run = start();
        Line line = server.nextLine();
        line.runs(server.nextPrompt(), "img_00001_.png");

        RenderEvent.Finished finished = told.next(RenderEvent.Finished.class);
        assertThat(told.all).hasSize(4);
        assertThat(told.all.get(0)).isEqualTo(new RenderEvent.Started(2));
        assertThat(told.all.get(1)).isEqualTo(new RenderEvent.NodeStarted("1"));
        assertThat(told.all.get(2)).isEqualTo(new RenderEvent.NodeStarted("2"));
        assertThat(run.await()).isEqualTo(finished);
        assertThat(finished.outputs()).hasToString("[2: gaze/img_00001_.png (output)]");
        assertThat(server.asked.stream().map(ScriptedComfy::name)).containsExactly("GET /ws", "POST /prompt");
        assertThat(finished.outputs().get(0).source().read())
                .isEqualTo("bytes of img_00001_.png".getBytes(StandardCharsets.UTF_8));
        assertThat(server.asked.get(2).getUrl().query())
                .isEqualTo("filename=img_00001_.png&subfolder=gaze&type=output");
    }

    @Test
    void success_is_not_the_end_before_the_closing_frame() throws Exception {
        start();
        Line line = server.nextLine();
        String id = server.nextPrompt();
        line.begins(id);
        line.made(id, "2", "a.png");
        line.succeeds(id);
        line.send("progress", "value", 1, "max", 1, "prompt_id", id, "node", "2");
        told.next(RenderEvent.Progressed.class);
        assertThat(told.all).noneMatch(RenderEvent.Ended.class::isInstance);

        line.over("someone-else");
        line.send("executing", "node", null);
        line.over(id);

        told.next(RenderEvent.Finished.class);
        assertThat(told.all.stream().filter(RenderEvent.Ended.class::isInstance))
                .hasSize(1);
    }

    @Test
    void a_run_whose_nodes_are_all_cached_ends_with_the_old_files() throws Exception {
        start();
        Line line = server.nextLine();
        String id = server.nextPrompt();
        line.begins(id, "1", "2");
        line.send("executed", "node", "1", "display_node", "1", "output", null, "prompt_id", id);
        line.made(id, "2", "old_00001_.png");
        line.succeeds(id);
        line.over(id);

        assertThat(told.next(RenderEvent.Finished.class).outputs())
                .extracting(RenderOutput::filename)
                .containsExactly("old_00001_.png");
        assertThat(told.all.get(0)).isEqualTo(new RenderEvent.Started(0));
    }

    @Test
    void every_file_of_every_node_and_list_comes_back_in_the_order_of_the_graph() throws Exception {
        start();
        Line line = server.nextLine();
        String id = server.nextPrompt();
        line.begins(id);
        JsonObject song = JsonObject.of("filename", "song.flac", "subfolder", "", "type", "temp");
        line.send(
                "executed",
                "node",
                "2",
                "prompt_id",
                id,
                "output",
                JsonObject.of("audio", List.of(song), "animated", List.of(false), "text", List.of("hello")));
        line.send("executed", "node", "1", "prompt_id", id, "output", ScriptedComfy.images("a.png", "b.png"));
        line.succeeds(id);
        line.over(id);

        assertThat(told.next(RenderEvent.Finished.class).outputs())
                .extracting(RenderOutput::node, RenderOutput::kind, RenderOutput::filename, RenderOutput::kept)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple("1", "images", "a.png", true),
                        org.assertj.core.api.Assertions.tuple("1", "images", "b.png", true),
                        org.assertj.core.api.Assertions.tuple("2", "audio", "song.flac", false));
    }

    @Test
    void a_run_that_told_no_files_is_looked_up_in_history() throws Exception {
        start();
        Line line = server.nextLine();
        String id = server.nextPrompt();
        server.endsWell(id, "quiet.png");
        line.begins(id);
        line.succeeds(id);
        line.over(id);

        assertThat(told.next(RenderEvent.Finished.class).outputs())
                .extracting(RenderOutput::filename)
                .containsExactly("quiet.png");
        assertThat(server.count("GET /queue")).isZero();
    }

    @Test
    @Tag("I85")
    void a_node_that_fails_ends_the_run_with_what_was_made_and_with_advice() throws Exception {
        start();
        Line line = server.nextLine();
        String id = server.nextPrompt();
        line.begins(id);
        line.made(id, "2", "first.png");
        line.send(
                "execution_error",
                "prompt_id",
                id,
                "node_id",
                "3",
                "node_type",
                "KSampler",
                "executed",
                List.of("1"),
                "exception_type",
                "torch.OutOfMemoryError",
                "exception_message",
                "Allocation on device",
                "traceback",
                List.of("File x"),
                "current_inputs",
                JsonObject.empty(),
                "timestamp",
                1);
        assertThat(told.all).noneMatch(RenderEvent.Ended.class::isInstance);
        line.over(id);

        RenderEvent.Failed failed = told.next(RenderEvent.Failed.class);
        assertThat(failed.problem().what()).contains("Node 3 (KSampler)", "OutOfMemoryError", "Allocation on device");
        assertThat(failed.problem().where()).contains("node 3", server.address().toString());
        assertThat(failed.problem().fix()).contains("smaller size");
        assertThat(failed.retryable()).isFalse();
        assertThat(failed.outputs()).extracting(RenderOutput::filename).containsExactly("first.png");
    }

    @Test
    void an_interruption_by_somebody_else_is_no_failure_and_not_ours() throws Exception {
        start();
        Line line = server.nextLine();
        String id = server.nextPrompt();
        line.begins(id);
        line.send("execution_interrupted", "prompt_id", id, "node_id", "3", "node_type", "KSampler", "timestamp", 1);
        line.over(id);

        assertThat(told.next(RenderEvent.Ended.class)).isEqualTo(new RenderEvent.Interrupted(false));
    }

    @Test
    void frames_of_others_and_broken_frames_are_passed_over() throws Exception {
        start();
        Line line = server.nextLine();
        String id = server.nextPrompt();
        line.runs("None", "foreign.png");
        line.send(JsonObject.of("type", "executing"));
        line.send(JsonObject.of("no", "type"));
        line.send(new byte[] {0, 0});
        line.send(new byte[] {0, 0, 0, 4, 127, 0, 0, 0, 1, 2});
        line.send(new byte[] {0, 0, 0, 9, 1, 2, 3});
        line.runs(id, "ours.png");

        assertThat(told.next(RenderEvent.Finished.class).outputs())
                .extracting(RenderOutput::filename)
                .containsExactly("ours.png");
        assertThat(told.all).hasSize(4);
    }

    @Test
    void previews_of_both_forms_are_shown_and_never_taken_for_results() throws Exception {
        start();
        Line line = server.nextLine();
        String id = server.nextPrompt();
        byte[] image = {(byte) 0x89, 'P', 'N', 'G'};
        line.send(ScriptedComfy.oldPreview(1, image)); // nothing of ours runs: somebody else's
        line.begins(id);
        line.works(id, "1");
        line.send(ScriptedComfy.preview(id, "1", image));
        line.send(ScriptedComfy.preview("None", "1", image));
        line.send(ScriptedComfy.oldPreview(2, image));
        line.made(id, "2", "a.png");
        line.succeeds(id);
        line.over(id);

        assertThat(told.next(RenderEvent.Finished.class).outputs())
                .extracting(RenderOutput::filename)
                .containsExactly("a.png");
        List<RenderEvent.Previewed> previews = told.all.stream()
                .filter(RenderEvent.Previewed.class::isInstance)
                .map(RenderEvent.Previewed.class::cast)
                .toList();
        assertThat(previews).extracting(RenderEvent.Previewed::mediaType).containsExactly("image/jpeg", "image/png");
        assertThat(previews).extracting(RenderEvent.Previewed::node).containsExactly("1", "1");
        assertThat(previews).allMatch(preview -> java.util.Arrays.equals(preview.bytes(), image));
    }

    @Test
    void events_come_on_the_callers_executor_one_at_a_time() throws Exception {
        List<String> threads = new java.util.concurrent.CopyOnWriteArrayList<>();
        ComfyRun run = client.run(UUID.randomUUID(), GRAPH, JsonObject.empty(), event -> {
            threads.add(Thread.currentThread().getName());
            told.accept(event);
            throw new IllegalStateException("a listener that fails is told what follows");
        });
        server.nextLine().runs(server.nextPrompt(), "a.png");

        told.next(RenderEvent.Finished.class);
        run.await();
        assertThat(threads).hasSize(4).containsOnly("callbacks");
    }

    @Test
    void one_socket_serves_all_runs_of_a_client() throws Exception {
        ComfyRun first = start();
        ComfyRun second = start();
        Line line = server.nextLine();
        String a = server.nextPrompt();
        String b = server.nextPrompt();
        line.begins(a);
        line.runs(b, "b.png");
        line.made(a, "2", "a.png");
        line.succeeds(a);
        line.over(a);

        assertThat(((RenderEvent.Finished) first.await()).outputs().get(0).filename())
                .isEqualTo("a.png");
        assertThat(((RenderEvent.Finished) second.await()).outputs().get(0).filename())
                .isEqualTo("b.png");
        assertThat(server.count("GET /ws")).isEqualTo(1);
    }

    @Test
    void frames_that_come_before_the_answer_to_the_post_are_kept_until_it_has_come() throws Exception {
        server.script("POST /prompt", request -> {
            JsonObject body =
                    dev.gaze.api.json.Json.object(request.getBody().toByteArray(), dev.gaze.api.json.JsonLimits.ANSWER);
            String id = body.text("prompt_id").orElseThrow();
            Line line = server.lines.peek();
            line.runs(id, "fast.png");
            return ScriptedComfy.json(
                    200, JsonObject.of("prompt_id", id, "number", 0, "node_errors", JsonObject.empty()));
        });
        ComfyRun run = start();

        assertThat(run.await()).isInstanceOf(RenderEvent.Finished.class);
        told.next(RenderEvent.Finished.class);
        assertThat(told.all).hasSize(4);
    }
}
