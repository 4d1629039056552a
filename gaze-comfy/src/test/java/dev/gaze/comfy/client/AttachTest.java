package dev.gaze.comfy.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.backend.RenderEvent;
import dev.gaze.api.backend.RenderOutput;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.GazeException;
import dev.gaze.comfy.client.ScriptedComfy.Line;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of a prompt that an earlier process, or an earlier attempt, left on the server. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AttachTest extends ScriptedRuns {
    private final UUID prompt = UUID.fromString("5e1f0000-0000-4000-8000-00000000000a");
    private final String id = prompt.toString();

    private ComfyRun attach() {
        return client.attach(prompt, GRAPH, told);
    }

    /** Opens the socket of the client with a run of its own. */
    private Line line() throws Exception {
        client.run(UUID.randomUUID(), GRAPH, JsonObject.empty(), event -> {});
        server.nextPrompt();
        return server.nextLine();
    }

    // ---- judged at once

    @Test
    @Tag("G14")
    void a_prompt_that_finished_while_nobody_looked_is_told_with_its_files_before_attach_returns() throws Exception {
        server.endsWell(id, "a.png", "b.png");

        ComfyRun run = attach();

        assertThat(told.all).singleElement().isInstanceOfSatisfying(RenderEvent.Finished.class, finished -> {
            assertThat(finished.outputs()).extracting(RenderOutput::filename).containsExactly("a.png", "b.png");
            assertThat(finished.outputs().get(0).source().read()).asString().isEqualTo("bytes of a.png");
        });
        assertThat(run.await()).isSameAs(told.all.get(0));
        assertThat(run.prompt()).isEqualTo(prompt);
        assertThat(server.count("POST /prompt")).as("nothing is sent again").isZero();
    }

    @Test
    void a_prompt_that_failed_or_was_interrupted_meanwhile_is_told_as_that() throws Exception {
        server.ends(
                id,
                JsonObject.empty(),
                "execution_error",
                JsonObject.of("node_id", "1", "node_type", "EmptyImage", "exception_type", "torch.OutOfMemoryError"));
        attach();
        RenderEvent.Failed failed = told.next(RenderEvent.Failed.class);
        assertThat(failed.retryable()).as("memory does not grow by itself").isFalse();

        server.ends(id, JsonObject.empty(), "execution_interrupted", JsonObject.of("node_id", "1"));
        attach();
        assertThat(told.next(RenderEvent.Ended.class)).isEqualTo(new RenderEvent.Interrupted(false));
    }

    @Test
    void a_prompt_in_neither_queue_nor_history_is_lost_after_a_second_look_and_no_wait() {
        attach();

        assertThat(told.all).singleElement().isInstanceOf(RenderEvent.Lost.class);
        assertThat(server.count("GET /queue")).isEqualTo(2);
        assertThat(server.count("GET /history/" + id)).isEqualTo(2);
    }

    @Test
    void a_prompt_that_moves_while_it_is_looked_for_is_found() {
        server.script("GET /history/" + id, request -> {
            server.unscript("GET /history/" + id);
            server.endsWell(id, "late.png"); // a server in the middle of writing it down
            return ScriptedComfy.json(200, JsonObject.empty());
        });
        attach();

        assertThat(told.all).singleElement().isInstanceOf(RenderEvent.Finished.class);
    }

    // ---- still there

    @Test
    void a_prompt_of_a_process_that_died_is_followed_through_queue_and_run_to_its_end() throws Exception {
        server.starts("foreign");
        server.waits("00000000-foreign");
        server.waits(id, "a client that died");
        attach();
        assertThat(told.all).containsExactly(new RenderEvent.Queued(2));

        server.vanishes("00000000-foreign");
        passUntil(() -> assertThat(told.all).contains(new RenderEvent.Queued(1)));
        server.starts(id, "a client that died");
        passUntil(() -> assertThat(told.all).hasAtLeastOneElementOfType(RenderEvent.Started.class));
        server.endsWell(id, "a.png");
        server.nextLine().send("status", "status", ScriptedComfy.remaining(0));

        assertThat(passToTheEnd()).isInstanceOf(RenderEvent.Finished.class);
    }

    @Test
    void without_a_socket_it_is_followed_all_the_same() {
        server.refuseSockets();
        server.starts(id, "a client that died");
        attach();
        assertThat(told.all).containsExactly(new RenderEvent.Started(2));
        server.endsWell(id, "a.png");

        assertThat(passToTheEnd()).isInstanceOf(RenderEvent.Finished.class);
    }

    @Test
    void frames_come_when_it_was_posted_under_the_name_the_socket_has() throws Exception {
        Line line = line();
        server.starts(id, line.client);
        attach();
        line.send("progress", "value", 3, "max", 6, "prompt_id", id, "node", "1");

        assertThat(told.next(RenderEvent.Progressed.class)).isEqualTo(new RenderEvent.Progressed("1", 3, 6));
        line.made(id, "2", "b.png");
        server.ends(
                id,
                JsonObject.of("1", ScriptedComfy.images("a.png"), "2", ScriptedComfy.images("b.png")),
                "execution_success",
                JsonObject.empty());
        line.succeeds(id);
        line.over(id);
        assertThat(told.next(RenderEvent.Finished.class).outputs())
                .as("what was made before we came is in history alone")
                .extracting(RenderOutput::filename)
                .containsExactly("a.png", "b.png");
    }

    @Test
    void one_found_waiting_that_somebody_deletes_is_interrupted_when_its_frames_would_have_come_here()
            throws Exception {
        Line line = line();
        server.waits(id, line.client);
        attach();
        server.vanishes(id);
        line.send("status", "status", ScriptedComfy.remaining(0));

        assertThat(passToTheEnd()).isEqualTo(new RenderEvent.Interrupted(false));
    }

    @Test
    void a_new_process_takes_over_the_name_of_the_one_that_died_and_hears_how_far_its_prompt_is() throws Exception {
        server.starts(id, "a client that died");
        attach();
        Line line = server.nextLine();
        assertThat(line.client).isEqualTo("a client that died");
        line.send("progress", "value", 3, "max", 6, "prompt_id", id, "node", "1");
        assertThat(told.next(RenderEvent.Progressed.class)).isEqualTo(new RenderEvent.Progressed("1", 3, 6));

        server.endsWell(id, "a.png");
        line.over(id);
        assertThat(told.next(RenderEvent.Ended.class)).isInstanceOf(RenderEvent.Finished.class);
    }

    @Test
    void a_socket_that_stands_keeps_its_name_and_prompts_of_others_are_asked_after() throws Exception {
        Line line = line();
        server.starts(id, "a client that died");
        attach();
        server.endsWell(id, "a.png");

        assertThat(passToTheEnd()).isInstanceOf(RenderEvent.Finished.class);
        assertThat(server.count("GET /ws")).isEqualTo(1);
        assertThat(line.client).isNotEqualTo("a client that died");
    }

    @Test
    void what_has_ended_is_told_without_opening_a_socket() {
        server.endsWell(id, "a.png");
        attach();

        assertThat(server.count("GET /ws")).isZero();
    }

    @Test
    void one_found_waiting_that_vanishes_is_lost_when_it_may_have_run_unseen() {
        server.refuseSockets();
        server.waits(id, "a client that died");
        attach();
        server.vanishes(id);

        assertThat(passToTheEnd()).isInstanceOf(RenderEvent.Lost.class);
    }

    @Test
    void it_can_be_cancelled_like_any_run() throws Exception {
        server.starts(id, "a client that died");
        ComfyRun run = attach();
        run.cancel();
        server.awaitAsked("POST /interrupt", 1);
        server.ends(id, JsonObject.empty(), "execution_interrupted", JsonObject.of("node_id", "1"));

        assertThat(passToTheEnd()).isEqualTo(new RenderEvent.Interrupted(true));
    }

    // ---- nobody can say

    @Test
    void a_server_that_is_away_tells_the_listener_nothing_and_the_caller_everything() {
        server.script("GET /queue", request -> ScriptedComfy.text(503, "text/html", "<html>"));
        assertThatThrownBy(this::attach)
                .isInstanceOfSatisfying(
                        GazeException.class, away -> assertThat(away.kind()).isEqualTo(GazeException.Kind.UNAVAILABLE))
                .hasMessageContaining(server.address().toString());
        assertThat(told.all).isEmpty();

        server.unscript("GET /queue");
        server.endsWell(id, "a.png");
        attach();
        assertThat(told.all).singleElement().isInstanceOf(RenderEvent.Finished.class);
    }

    @Test
    void a_log_in_page_in_place_of_history_is_no_answer_to_whether_it_was_made() {
        server.script("GET /history/" + id, request -> ScriptedComfy.text(200, "text/html", "<html>Sign in"));
        assertThatThrownBy(this::attach)
                .isInstanceOfSatisfying(
                        GazeException.class, lies -> assertThat(lies.kind()).isEqualTo(GazeException.Kind.FAILED))
                .hasMessageContaining("a web page");
        assertThat(told.all).isEmpty();
    }

    @Test
    void whoever_asks_last_follows_it_and_the_one_before_is_told_so() throws Exception {
        server.starts(id, "a client that died");
        List<RenderEvent> before = new CopyOnWriteArrayList<>();
        client.attach(prompt, GRAPH, before::add);
        attach();
        server.endsWell(id, "a.png");

        assertThat(passToTheEnd()).isInstanceOf(RenderEvent.Finished.class);
        assertThat(before)
                .last()
                .isInstanceOfSatisfying(
                        RenderEvent.Lost.class,
                        lost -> assertThat(lost.problem().what()).contains("Somebody else follows"));
    }

    // ---- cancel by id

    @Test
    void what_nobody_follows_is_taken_out_of_the_queue_or_interrupted_and_nothing_else_is() {
        server.starts("foreign");
        server.waits("other");
        server.waits(id);
        client.cancel(prompt);
        assertThat(server.body("POST /queue")).isEqualTo(JsonObject.of("delete", JsonArray.of(id)));
        assertThat(client.queue().running()).hasSize(1);
        assertThat(client.queue().pending()).hasSize(1);

        server.starts(id);
        client.cancel(prompt);
        assertThat(server.body("POST /interrupt")).isEqualTo(JsonObject.of("prompt_id", id));
        assertThat(server.count("POST /interrupt"))
                .as("said twice to one that still runs: the first may have come too early")
                .isEqualTo(3);
    }

    @Test
    void cancelling_an_unknown_id_does_nothing_and_a_server_that_is_away_says_so() {
        client.cancel(prompt);
        assertThat(client.queue()).isEqualTo(new QueueState(List.of(), List.of()));

        server.close();
        assertThatThrownBy(() -> client.cancel(prompt))
                .isInstanceOfSatisfying(
                        GazeException.class, away -> assertThat(away.kind()).isEqualTo(GazeException.Kind.UNAVAILABLE));
    }

    @Test
    void cancelling_by_id_what_is_followed_here_counts_as_ours() throws Exception {
        client.run(prompt, GRAPH, JsonObject.empty(), told);
        client.cancel(prompt);

        assertThat(told.next(RenderEvent.Ended.class)).isEqualTo(new RenderEvent.Interrupted(true));
    }
}
