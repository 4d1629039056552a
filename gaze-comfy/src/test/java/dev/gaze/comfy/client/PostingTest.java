package dev.gaze.comfy.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.GazeException;
import java.util.UUID;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okio.ByteString;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A prompt is taken once, refused with its reasons, or neither; whichever it is, nothing is left behind by accident. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PostingTest extends ScriptedRuns {

    // ---- on a bad line

    @Test
    void a_prompt_whose_answer_was_lost_is_followed_when_the_server_has_it() throws Exception {
        server.script("POST /prompt", request -> {
            server.waits(promptId(request.getBody()));
            return new MockResponse.Builder()
                    .onResponseStart(new SocketEffect.CloseSocket())
                    .build();
        });
        UUID id = UUID.randomUUID();
        ComfyRun run = client.run(id, JsonObject.empty(), JsonObject.empty(), event -> {});

        assertThat(run.prompt()).isEqualTo(id);
        assertThat(server.count("POST /prompt"))
                .as("a prompt sent twice runs twice")
                .isEqualTo(1);
    }

    @Test
    void a_prompt_whose_answer_was_lost_fails_when_the_server_does_not_have_it() {
        server.script(
                "POST /prompt",
                request -> new MockResponse.Builder()
                        .onResponseStart(new SocketEffect.CloseSocket())
                        .build());

        assertThatThrownBy(this::start)
                .isInstanceOfSatisfying(
                        GazeException.class, away -> assertThat(away.kind()).isEqualTo(GazeException.Kind.UNAVAILABLE));
        assertThat(server.count("POST /prompt")).isEqualTo(1);
        assertThat(server.count("GET /queue")).isEqualTo(1);
    }

    @Test
    void a_gateway_that_loses_patience_does_not_lose_the_prompt() {
        server.script("POST /prompt", request -> {
            server.waits(promptId(request.getBody()));
            return ScriptedComfy.text(504, "text/html", "<html>Gateway Timeout</html>");
        });

        assertThat(client.run(UUID.randomUUID(), JsonObject.empty(), JsonObject.empty(), event -> {}))
                .isNotNull();
    }

    private static String promptId(ByteString body) {
        return Json.object(body.utf8()).text("prompt_id").orElseThrow();
    }

    // ---- refused

    @Test
    void a_graph_of_which_the_server_takes_only_a_part_is_refused_and_taken_back() {
        server.script("POST /prompt", request -> {
            JsonObject body = Json.object(request.getBody().toByteArray(), JsonLimits.ANSWER);
            String id = body.text("prompt_id").orElseThrow();
            server.waits(id);
            server.lines.peek().begins(id);
            return ScriptedComfy.json(
                    200, JsonObject.of("prompt_id", id, "number", 3, "node_errors", nodeError("9", "SaveImage")));
        });

        assertThatThrownBy(this::start).isInstanceOfSatisfying(ComfyException.class, refused -> {
            assertThat(refused.kind()).isEqualTo(GazeException.Kind.INVALID);
            assertThat(refused.error()).isInstanceOfSatisfying(ComfyError.Validation.class, validation -> {
                assertThat(validation.partly()).isTrue();
                assertThat(validation.nodes().get(0).node()).isEqualTo("9");
            });
            assertThat(refused)
                    .hasMessageContaining("Input 'images' is missing")
                    .hasMessageContaining("taken back");
        });
        String id = server.body("POST /interrupt").text("prompt_id").orElseThrow();
        assertThat(server.body("POST /queue")).isEqualTo(JsonObject.of("delete", JsonArray.of(id)));
        assertThat(told.all).isEmpty();
    }

    static JsonObject nodeError(String node, String classType) {
        return JsonObject.of(
                node,
                JsonObject.of(
                        "class_type",
                        classType,
                        "dependent_outputs",
                        JsonArray.of(node),
                        "errors",
                        JsonArray.of(JsonObject.of(
                                "type", "required_input_missing",
                                "message", "Required input is missing",
                                "details", "images",
                                "extra_info", JsonObject.of("input_name", "images")))));
    }

    @Test
    void a_refused_graph_tells_the_listener_nothing() {
        server.script(
                "POST /prompt",
                request -> ScriptedComfy.json(
                        400,
                        JsonObject.of(
                                "error", JsonObject.of("type", "prompt_no_outputs", "message", "m", "details", ""),
                                "node_errors", JsonObject.empty())));

        assertThatThrownBy(this::start)
                .isInstanceOfSatisfying(
                        ComfyException.class,
                        refused -> assertThat(refused.error()).isEqualTo(new ComfyError.NoOutputs()));
        assertThat(told.all).isEmpty();
    }

    @Test
    void a_server_that_gives_the_prompt_an_id_of_its_own_is_refused_and_its_prompt_taken_back() {
        server.script(
                "POST /prompt",
                request -> ScriptedComfy.json(
                        200, JsonObject.of("prompt_id", "its-own", "number", 0, "node_errors", JsonObject.empty())));

        assertThatThrownBy(this::start).isInstanceOf(ComfyException.class).hasMessageContaining("id of its own");
        assertThat(server.body("POST /queue")).isEqualTo(JsonObject.of("delete", JsonArray.of("its-own")));
    }

    @Test
    void an_id_may_not_be_used_by_two_runs_at_once() {
        UUID id = UUID.randomUUID();
        client.run(id, GRAPH, JsonObject.empty(), told);

        assertThatThrownBy(() -> client.run(id, GRAPH, JsonObject.empty(), told))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(id.toString());
        assertThat(server.count("POST /prompt")).isEqualTo(1);
    }
}
