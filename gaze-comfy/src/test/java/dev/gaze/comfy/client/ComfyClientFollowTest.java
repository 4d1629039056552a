package dev.gaze.comfy.client;

import static dev.gaze.comfy.client.ScriptedComfy.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.gaze.api.backend.RenderEvent;
import dev.gaze.api.backend.RenderOutput;
import dev.gaze.api.backend.ServerSettings;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonObject;
import dev.gaze.comfy.client.ScriptedComfy.Line;
import dev.gaze.testkit.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How a run comes to a true end when the socket does not tell it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ComfyClientFollowTest extends ScriptedRuns {
    // ---- without a socket

    @Test
    @Tag("G14")
    void without_a_socket_a_run_is_followed_by_asking() throws Exception {
        server.refuseSockets();
        start();
        String id = server.nextPrompt();
        passUntil(() -> assertThat(told.all).contains(new RenderEvent.Queued(1)));
        server.starts(id);
        passUntil(() -> assertThat(told.all).contains(new RenderEvent.Started(2)));
        server.endsWell(id, "a.png");

        assertThat(passToTheEnd())
                .isInstanceOfSatisfying(
                        RenderEvent.Finished.class,
                        finished -> assertThat(finished.outputs())
                                .extracting(RenderOutput::filename)
                                .containsExactly("a.png"));
        assertThat(server.body("POST /prompt").text("client_id"))
                .as("frames must not go to everybody")
                .isPresent();
    }

    @Test
    void a_socket_that_could_not_be_had_is_not_asked_for_by_every_run() throws Exception {
        server.refuseSockets();
        start();
        start();
        start();
        assertThat(server.count("GET /ws")).isEqualTo(1);

        server.unscript("GET /ws");
        passUntil(() -> assertThat(server.lines).isNotEmpty());
    }

    @Test
    void a_socket_the_server_never_greets_counts_as_none_once_the_limit_has_passed() throws Exception {
        server.script("GET /ws", request -> server.line(request, false));
        Thread caller = new Thread(this::start);
        caller.start();
        server.nextLine();
        passUntil(() -> assertThat(server.count("POST /prompt")).isEqualTo(1));
        caller.join();
        server.endsWell(server.nextPrompt(), "a.png");

        passUntil(() -> assertThat(told.all).anyMatch(RenderEvent.Finished.class::isInstance));
    }

    // ---- a socket that says nothing

    @Test
    void a_socket_that_says_nothing_is_not_believed_for_longer_than_the_silence_limit() throws Exception {
        ComfyRun run = start();
        String id = server.nextPrompt();
        server.nextLine().begins(id);
        told.next(RenderEvent.Started.class);
        server.endsWell(id, "a.png");

        time.advance(SILENCE.minusSeconds(1));
        assertThat(server.count("GET /queue")).isZero();
        time.advance(Duration.ofSeconds(2));

        assertThat(told.next(RenderEvent.Ended.class)).isInstanceOf(RenderEvent.Finished.class);
        assertThat(run.await()).isInstanceOf(RenderEvent.Finished.class);
    }

    @Test
    void after_a_socket_was_found_deaf_the_next_run_gets_another_under_a_new_name() throws Exception {
        start();
        Line deaf = server.nextLine();
        server.endsWell(server.nextPrompt(), "a.png");
        passToTheEnd();

        Line fresh = server.nextLine();
        assertThat(fresh.client).isNotEqualTo(deaf.client);
        await().atMost(PATIENCE).until(() -> deaf.ended);
    }

    @Test
    void a_long_silent_node_stays_a_run_under_way() throws Exception {
        start();
        Line line = server.nextLine();
        String id = server.nextPrompt();
        server.starts(id);
        line.begins(id);
        told.next(RenderEvent.Started.class);

        time.advance(SILENCE.plusSeconds(1));
        server.awaitAsked("GET /queue", 1);
        passUntil(() -> assertThat(server.count("GET /queue")).isGreaterThan(3));
        assertThat(told.all).noneMatch(RenderEvent.Ended.class::isInstance);
        assertThat(server.count("GET /ws"))
                .as("a first socket is not torn down for it")
                .isEqualTo(1);
        line.made(id, "2", "slow.png");
        line.succeeds(id);
        line.over(id);

        assertThat(told.next(RenderEvent.Finished.class).outputs()).hasSize(1);
    }

    @Test
    void a_run_that_waits_is_told_its_place_whenever_it_changes() throws Exception {
        server.starts("foreign-running");
        server.waits("00000000-foreign");
        ComfyRun run = start();
        String id = server.nextPrompt();
        passUntil(() -> assertThat(told.all).contains(new RenderEvent.Queued(2)));
        server.vanishes("00000000-foreign");
        server.nextLine().send("status", "status", ScriptedComfy.remaining(1));
        passUntil(() -> assertThat(told.all).contains(new RenderEvent.Queued(1)));

        assertThat(told.all).containsExactly(new RenderEvent.Queued(2), new RenderEvent.Queued(1));
        assertThat(run.toString()).isEqualTo(id + " (queued)");
    }

    @Test
    void sockets_that_are_accepted_and_never_greeted_hold_up_the_first_run_alone() throws Exception {
        server.script("GET /ws", request -> server.line(request, false));
        CompletableFuture<ComfyRun> first = CompletableFuture.supplyAsync(this::start);
        passUntil(() -> assertThat(first).isDone());
        passUntil(() -> assertThat(server.count("GET /ws")).isEqualTo(2)); // tried again in the background

        Told second = new Told();
        assertTimeoutPreemptively(
                Duration.ofSeconds(60), () -> client.run(UUID.randomUUID(), GRAPH, JsonObject.empty(), second));
        server.nextPrompt();
        String id = server.nextPrompt();
        server.endsWell(id, "a.png");
        passUntil(() -> assertThat(second.all).hasAtLeastOneElementOfType(RenderEvent.Finished.class));
    }

    // ---- a socket that breaks

    @Test
    void after_a_break_the_socket_comes_back_under_the_name_the_prompt_was_posted_with() throws Exception {
        ComfyRun run = start();
        Line first = server.nextLine();
        String id = server.nextPrompt();
        server.starts(id);
        first.begins(id);
        first.made(id, "1", "seen.png");
        told.next(RenderEvent.Started.class);
        first.drop();

        Line second = server.nextLine();
        assertThat(second.client).isEqualTo(first.client);
        assertThat(second.said.take()).contains("feature_flags");
        second.send("executing", "node", "2"); // how ComfyUI greets: whose node it is it does not say
        second.works(id, "2");
        second.send("progress", "value", 3, "max", 6, "prompt_id", id, "node", "2");
        passUntil(() -> assertThat(told.all).contains(new RenderEvent.Progressed("2", 3, 6)));
        server.ends(
                id,
                JsonObject.of("1", ScriptedComfy.images("seen.png"), "2", ScriptedComfy.images("missed.png")),
                "execution_success",
                JsonObject.empty());
        second.succeeds(id);
        second.over(id);

        assertThat(run.await())
                .isInstanceOfSatisfying(
                        RenderEvent.Finished.class,
                        finished -> assertThat(finished.outputs())
                                .as("what was missed during the break comes from history")
                                .extracting(RenderOutput::filename)
                                .containsExactly("seen.png", "missed.png"));
    }

    @Test
    void a_break_with_nothing_under_way_gives_the_next_run_a_new_name() throws Exception {
        ComfyRun run = start();
        Line first = server.nextLine();
        first.runs(server.nextPrompt(), "a.png");
        run.await();
        first.close();
        await().atMost(PATIENCE).until(() -> first.ended);

        await().atMost(PATIENCE).until(() -> {
            start();
            return !server.lines.isEmpty();
        });
        assertThat(server.nextLine().client).isNotEqualTo(first.client);
    }

    @Test
    void a_socket_that_took_over_a_name_and_says_nothing_is_replaced_old_one_first() throws Exception {
        start();
        Line first = server.nextLine();
        String id = server.nextPrompt();
        server.starts(id);
        first.begins(id);
        told.next(RenderEvent.Started.class);
        first.drop();
        Line second = server.nextLine();

        // the server noticed the first socket's end only now, and forgot the name with it: the second hears nothing
        passUntil(() -> assertThat(server.lines).isNotEmpty());
        Line third = server.nextLine();
        assertThat(second.ended)
                .as("the old one was closed before the new one opened")
                .isTrue();
        assertThat(third.client).isEqualTo(first.client);
        third.works(id, "2");
        server.endsWell(id, "a.png");
        third.over(id);
        assertThat(told.next(RenderEvent.Ended.class)).isInstanceOf(RenderEvent.Finished.class);
    }

    // ---- lost and deleted

    @Test
    void a_prompt_the_server_forgot_in_a_restart_is_lost_and_never_done() throws Exception {
        start();
        Line line = server.nextLine();
        String id = server.nextPrompt();
        server.starts(id);
        line.begins(id);
        line.made(id, "2", "half.png");
        told.next(RenderEvent.Started.class);
        server.vanishes(id);
        line.drop();

        assertThat(passToTheEnd())
                .isInstanceOfSatisfying(
                        RenderEvent.Lost.class,
                        lost -> assertThat(lost.problem().toString())
                                .contains(
                                        "cannot be told",
                                        "restarted",
                                        server.address().toString()));
        assertThat(server.count("GET /history/" + id)).as("looked twice").isEqualTo(2);
    }

    @Test
    void a_waiting_prompt_that_somebody_deleted_is_interrupted_and_not_by_us() throws Exception {
        start();
        String id = server.nextPrompt();
        passUntil(() -> assertThat(told.all).contains(new RenderEvent.Queued(1)));
        server.vanishes(id);
        server.nextLine().send("status", "status", ScriptedComfy.remaining(0));

        assertThat(passToTheEnd()).isEqualTo(new RenderEvent.Interrupted(false));
    }

    @Test
    void without_a_socket_a_vanished_prompt_is_lost_since_a_restart_cannot_be_ruled_out() throws Exception {
        server.refuseSockets();
        start();
        server.vanishes(server.nextPrompt());

        assertThat(passToTheEnd()).isInstanceOf(RenderEvent.Lost.class);
    }

    @Test
    void a_prompt_that_moves_from_queue_to_history_between_two_questions_is_not_lost() throws Exception {
        server.refuseSockets();
        start();
        String id = server.nextPrompt();
        server.script("GET /queue", request -> {
            server.endsWell(id, "just.png"); // the queue is answered without it, and history has it from now on
            return ScriptedComfy.json(200, JsonObject.of("queue_running", List.of(), "queue_pending", List.of()));
        });

        assertThat(passToTheEnd()).isInstanceOf(RenderEvent.Finished.class);
    }

    @Test
    void a_server_that_stays_away_loses_its_runs_only_after_the_answer_limit() throws Exception {
        start();
        Line line = server.nextLine();
        String id = server.nextPrompt();
        line.begins(id);
        told.next(RenderEvent.Started.class);
        server.script("GET /ws", request -> ScriptedComfy.text(502, "text/html", "<html>"));
        server.script("GET /queue", request -> ScriptedComfy.text(503, "text/html", "<html>"));
        line.drop();

        passUntil(() -> assertThat(server.count("GET /queue")).isGreaterThan(5));
        assertThat(passToTheEnd())
                .isInstanceOfSatisfying(
                        RenderEvent.Lost.class,
                        lost -> assertThat(lost.problem().what())
                                .contains("no useful answer for 6", "cannot be told", "status 503"));
        assertThat(Duration.between(new ManualTime().now(), time.now()))
                .isGreaterThanOrEqualTo(ServerSettings.Limits.DEFAULT.answer());
    }

    @Test
    void what_the_server_will_not_say_of_one_run_is_not_held_against_another() throws Exception {
        start();
        Line line = server.nextLine();
        String id = server.nextPrompt();
        Told other = new Told();
        client.run(UUID.randomUUID(), GRAPH, JsonObject.empty(), other);
        server.starts(server.nextPrompt());
        server.vanishes(id);
        server.script("GET /history/" + id, request -> ScriptedComfy.text(200, "text/html", "<html>Sign in"));
        line.drop();

        assertThat(passToTheEnd())
                .isInstanceOfSatisfying(
                        RenderEvent.Lost.class,
                        lost -> assertThat(lost.problem().what()).contains("no useful answer", "a web page"));
        assertThat(other.all).noneMatch(RenderEvent.Ended.class::isInstance);
    }

    @Test
    void a_dead_worker_is_recognised_and_said() throws Exception {
        start();
        String id = server.nextPrompt();

        assertThat(passToTheEnd()).isInstanceOfSatisfying(RenderEvent.Failed.class, failed -> {
            assertThat(failed.problem().toString()).contains("worker has stopped", "restart ComfyUI");
            assertThat(failed.retryable()).isTrue();
        });
        server.awaitAsked("POST /queue", 1);
        assertThat(server.body("POST /queue")).isEqualTo(JsonObject.of("delete", JsonArray.of(id)));
    }

    @Test
    void an_interrupted_entry_in_history_is_no_failure_and_a_failed_one_tells_why() throws Exception {
        server.refuseSockets();
        start();
        server.ends(server.nextPrompt(), JsonObject.empty(), "execution_interrupted", JsonObject.of("node_id", "3"));
        assertThat(passToTheEnd()).isEqualTo(new RenderEvent.Interrupted(false));

        Told other = new Told();
        client.run(UUID.randomUUID(), GRAPH, JsonObject.empty(), other);
        server.ends(
                server.nextPrompt(),
                JsonObject.of("1", ScriptedComfy.images("part.png")),
                "execution_error",
                JsonObject.of(
                        "node_id",
                        "3",
                        "node_type",
                        "KSampler",
                        "exception_type",
                        "RuntimeError",
                        "exception_message",
                        "mat1 and mat2 shapes cannot be multiplied (77x768 and 2048x320)"));
        passUntil(() -> assertThat(other.all).anyMatch(RenderEvent.Ended.class::isInstance));
        RenderEvent.Failed failed = other.next(RenderEvent.Failed.class);
        assertThat(failed.problem().fix()).contains("another base model");
        assertThat(failed.outputs()).hasSize(1);
    }
}
