package dev.gaze.comfy.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.backend.RenderEvent;
import dev.gaze.api.backend.ServerSettings;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonObject;
import dev.gaze.comfy.client.ScriptedComfy.Line;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Runs that are stopped: by us, by their limits, by closing the client. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ComfyClientStopTest extends ScriptedRuns {

    // ---- cancelling

    @Test
    void cancelling_a_waiting_run_deletes_exactly_it() throws Exception {
        ComfyRun run = start();
        Told other = new Told();
        client.run(UUID.randomUUID(), GRAPH, JsonObject.empty(), other);
        String id = server.nextPrompt();
        run.cancel();

        assertThat(told.next(RenderEvent.Ended.class)).isEqualTo(new RenderEvent.Interrupted(true));
        assertThat(server.body("POST /queue")).isEqualTo(JsonObject.of("delete", JsonArray.of(id)));
        assertThat(server.body("POST /interrupt")).isEqualTo(JsonObject.of("prompt_id", id));
        assertThat(other.all).isEmpty();
        run.cancel();
        assertThat(server.count("POST /interrupt")).isEqualTo(1);
    }

    @Test
    void cancelling_a_running_run_interrupts_exactly_it_until_it_has_ended() throws Exception {
        ComfyRun run = start();
        Line line = server.nextLine();
        String id = server.nextPrompt();
        server.starts(id);
        line.begins(id);
        told.next(RenderEvent.Started.class);
        run.cancel();
        // the first interrupt is lost: the server clears its flag when a prompt starts
        passUntil(() -> assertThat(server.count("POST /interrupt")).isGreaterThan(1));
        assertThat(server.body("POST /interrupt")).isEqualTo(JsonObject.of("prompt_id", id));
        assertThat(told.all).noneMatch(RenderEvent.Ended.class::isInstance);
        line.send("execution_interrupted", "prompt_id", id, "node_id", "1", "node_type", "X", "timestamp", 1);
        line.over(id);

        assertThat(told.next(RenderEvent.Ended.class)).isEqualTo(new RenderEvent.Interrupted(true));
    }

    @Test
    void a_run_that_finishes_while_it_is_being_cancelled_has_finished() throws Exception {
        ComfyRun run = start();
        Line line = server.nextLine();
        String id = server.nextPrompt();
        server.endsWell(id, "done.png");
        run.cancel();

        assertThat(told.next(RenderEvent.Ended.class)).isInstanceOf(RenderEvent.Finished.class);
        line.over(id);
        assertThat(told.all.stream().filter(RenderEvent.Ended.class::isInstance))
                .hasSize(1);
    }

    @Test
    void a_cancel_the_server_did_not_hear_is_said_again() throws Exception {
        ComfyRun run = start();
        String id = server.nextPrompt();
        server.script("POST /queue", request -> ScriptedComfy.text(500, "text/plain", "500 Internal Server Error"));
        run.cancel();
        server.awaitAsked("POST /queue", 1);
        server.unscript("POST /queue");

        assertThat(passToTheEnd()).isEqualTo(new RenderEvent.Interrupted(true));
        assertThat(server.body("POST /queue")).isEqualTo(JsonObject.of("delete", JsonArray.of(id)));
    }

    // ---- limits and close

    @Test
    void a_run_that_takes_longer_than_its_limit_fails_and_is_stopped() throws Exception {
        client.close();
        client = client(limits(Duration.ofMinutes(2), Duration.ofMinutes(1)));
        start();
        Line line = server.nextLine();
        String id = server.nextPrompt();
        server.starts(id);
        line.begins(id);
        told.next(RenderEvent.Started.class);

        assertThat(passToTheEnd()).isInstanceOfSatisfying(RenderEvent.Failed.class, failed -> {
            assertThat(failed.problem().what()).contains("ran longer than 60 s");
            assertThat(failed.retryable())
                    .as("it would only take as long again")
                    .isFalse();
        });
        server.awaitAsked("POST /interrupt", 1);
    }

    @Test
    void a_run_that_waits_longer_than_its_limit_fails_and_is_taken_out_of_the_queue() throws Exception {
        client.close();
        client = client(limits(Duration.ofMinutes(2), Duration.ofMinutes(1)));
        start();
        String id = server.nextPrompt();
        server.starts("somebody");

        assertThat(passToTheEnd()).isInstanceOfSatisfying(RenderEvent.Failed.class, failed -> {
            assertThat(failed.problem().what()).contains("waited longer than 120 s");
            assertThat(failed.retryable()).isFalse();
        });
        server.awaitAsked("POST /queue", 1);
        assertThat(server.body("POST /queue")).isEqualTo(JsonObject.of("delete", JsonArray.of(id)));
    }

    @Test
    void a_machine_that_slept_past_every_limit_finds_what_was_made_meanwhile() throws Exception {
        client.close();
        client = client(new ServerSettings.Limits(
                Duration.ofSeconds(10), Duration.ofDays(1), Duration.ZERO, Duration.ofMinutes(1), SILENCE, 1_000_000));
        start();
        Line line = server.nextLine();
        String id = server.nextPrompt();
        server.starts(id);
        line.begins(id);
        told.next(RenderEvent.Started.class);
        server.endsWell(id, "a.png"); // its frames were lost with the network
        time.advance(Duration.ofMinutes(10));

        assertThat(passToTheEnd()).isInstanceOf(RenderEvent.Finished.class);
    }

    @Test
    void an_entry_that_does_not_say_success_is_no_success() throws Exception {
        server.refuseSockets();
        start();
        String id = server.nextPrompt();
        server.script(
                "GET /history/" + id,
                request -> ScriptedComfy.json(200, JsonObject.of(id, JsonObject.of("outputs", JsonObject.empty()))));
        server.vanishes(id);

        assertThat(passToTheEnd())
                .isInstanceOfSatisfying(
                        RenderEvent.Failed.class,
                        failed -> assertThat(failed.retryable()).isTrue());
    }

    private static ServerSettings.Limits limits(Duration queued, Duration running) {
        return new ServerSettings.Limits(
                Duration.ofSeconds(10), Duration.ofSeconds(60), queued, running, SILENCE, 1_000_000);
    }

    @Test
    void closing_ends_runs_as_lost_on_our_side_and_leaves_them_to_the_server() throws Exception {
        ComfyRun run = start();
        server.nextPrompt();
        client.close();
        client.close();

        assertThat(told.next(RenderEvent.Lost.class).problem().what()).contains("closed here");
        assertThat(run.await()).isInstanceOf(RenderEvent.Lost.class);
        assertThat(server.count("POST /queue") + server.count("POST /interrupt"))
                .isZero();
        assertThat(told.all).hasSize(1);
    }

    @Test
    void a_thousand_quick_runs_leave_nothing_behind_on_the_timer() throws Exception {
        for (int i = 0; i < 1000; i++) {
            ComfyRun run = start();
            Line line = server.lines.peek();
            line.runs(server.nextPrompt(), "a.png");
            run.await();
        }

        assertThat(time.waiting()).as("one timer for all limits").isLessThanOrEqualTo(1);
        assertThat(server.count("GET /queue")).isZero();
        time.advance(Duration.ofMinutes(5));
        assertThat(time.waiting()).isZero();
    }
}
