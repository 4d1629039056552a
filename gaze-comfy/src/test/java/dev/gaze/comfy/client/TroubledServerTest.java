package dev.gaze.comfy.client;

import static dev.gaze.comfy.client.ScriptedComfy.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.gaze.api.backend.RenderEvent;
import dev.gaze.api.backend.RenderOutput;
import dev.gaze.api.backend.ServerSettings;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.GazeException;
import dev.gaze.comfy.embedded.EmbeddedComfy;
import dev.gaze.comfy.embedded.FaultProxy;
import dev.gaze.comfy.embedded.FaultProxy.Direction;
import dev.gaze.comfy.embedded.FaultProxy.Traffic;
import dev.gaze.testkit.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A client behind a bad network, or before a whole server that misbehaves: every run ends, and ends right. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TroubledServerTest {
    private static final ServerSettings.Limits LIMITS = ServerSettings.Limits.DEFAULT;

    private final ManualTime time = new ManualTime();
    private final EmbeddedComfy comfy = EmbeddedComfy.start(time);
    private final FaultProxy proxy = FaultProxy.before(comfy.address(), time);
    private final ComfyClient client = new ComfyClient(ServerSettings.of(proxy.address()), time, Runnable::run);
    private final Told told = new Told();
    private final UUID prompt = UUID.randomUUID();

    @AfterEach
    void close() {
        client.close();
        proxy.close();
        comfy.close();
    }

    /** Two images of two nodes; the second is the last node to run. */
    private static JsonObject twoOutputs() {
        JsonObject graph = ComfyClientEmbeddedTest.sampling(7).json();
        return graph.with(
                "2",
                JsonObject.of(
                        "class_type",
                        "SaveImage",
                        "inputs",
                        JsonObject.of("filename_prefix", "t/second", "images", JsonArray.of("8", 0))));
    }

    private ComfyRun start() {
        return client.run(prompt, twoOutputs(), JsonObject.empty(), told);
    }

    private RenderEvent.Ended passToTheEnd() {
        return passToTheEnd(Duration.ofSeconds(1));
    }

    private RenderEvent.Ended passToTheEnd(Duration step) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> {
            time.advance(step);
            return told.all.stream().anyMatch(RenderEvent.Ended.class::isInstance);
        });
        assertThat(told.all.stream().filter(RenderEvent.Ended.class::isInstance))
                .hasSize(1);
        return (RenderEvent.Ended) told.all.get(told.all.size() - 1);
    }

    private static void isBoth(RenderEvent.Ended end) {
        assertThat(end).isInstanceOfSatisfying(RenderEvent.Finished.class, finished -> {
            assertThat(finished.outputs())
                    .extracting(RenderOutput::filename)
                    .containsExactlyInAnyOrder("s_00001_.png", "second_00001_.png");
            assertThat(finished.outputs().get(0).source().read()).startsWith(0x89, 'P', 'N', 'G');
        });
    }

    // ---- the network

    @Test
    @Tag("G14")
    void sockets_cut_in_the_middle_do_not_cost_an_image() throws Exception {
        comfy.standStill();
        start();
        comfy.awaitRunning();
        proxy.cut(Traffic.ALL);
        comfy.recover();

        isBoth(passToTheEnd());
    }

    @Test
    @Tag("G14")
    void a_socket_that_falls_silent_costs_no_more_than_the_limit_of_silence() throws Exception {
        comfy.standStill();
        start();
        told.next(RenderEvent.Started.class);
        proxy.swallow(Traffic.SOCKETS, Direction.TO_CLIENT);
        comfy.recover();
        comfy.awaitFinished(1);
        Instant finished = time.now();

        isBoth(passToTheEnd(Duration.ofMillis(250)));
        assertThat(Duration.between(finished, time.now()))
                .isLessThanOrEqualTo(LIMITS.silence().plusSeconds(2));
    }

    @Test
    void a_server_that_refuses_is_away_and_the_error_names_its_address() {
        proxy.refuse();

        assertThatThrownBy(this::start)
                .isInstanceOfSatisfying(
                        GazeException.class, away -> assertThat(away.kind()).isEqualTo(GazeException.Kind.UNAVAILABLE))
                .hasMessageContaining(proxy.address().toString());
        assertThat(told.all).isEmpty();
        proxy.pass();
        start();
        isBoth(passToTheEnd());
    }

    @Test
    void a_network_that_is_gone_for_half_a_minute_costs_nothing_but_that_time() throws Exception {
        comfy.standStill();
        start();
        told.next(RenderEvent.Started.class);
        proxy.refuse();
        proxy.cut(Traffic.ALL);
        comfy.recover();
        comfy.awaitFinished(1);
        for (int second = 0; second < 30; second++) {
            time.advance(Duration.ofSeconds(1));
        }
        assertThat(told.all).noneMatch(RenderEvent.Ended.class::isInstance);
        proxy.pass();

        isBoth(passToTheEnd());
    }

    @Test
    void a_network_that_does_not_come_back_loses_the_run_and_says_why() throws Exception {
        comfy.standStill();
        start();
        told.next(RenderEvent.Started.class);
        proxy.refuse();
        proxy.cut(Traffic.ALL);

        assertThat(passToTheEnd())
                .isInstanceOfSatisfying(
                        RenderEvent.Lost.class,
                        lost -> assertThat(lost.problem().toString())
                                .contains(
                                        "no useful answer",
                                        "nobody listens",
                                        proxy.address().toString()));
    }

    @Test
    void an_answer_that_is_lost_on_the_way_back_leaves_a_prompt_that_can_be_found_again() throws Exception {
        client.queue();
        comfy.standStill();
        client.run(UUID.randomUUID(), twoOutputs(), JsonObject.empty(), event -> {});
        proxy.swallow(Traffic.ALL, Direction.TO_CLIENT);
        CompletableFuture<ComfyRun> sent = CompletableFuture.supplyAsync(this::start);
        comfy.awaitPrompts(2);
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> {
            time.advance(Duration.ofSeconds(1));
            return sent.isDone();
        });
        assertThatThrownBy(() -> sent.get(1, TimeUnit.SECONDS))
                .hasCauseInstanceOf(GazeException.class)
                .hasMessageContaining("no whole answer");
        assertThat(told.all).isEmpty();

        proxy.pass();
        proxy.cut(Traffic.ALL);
        comfy.recover();
        client.attach(prompt, twoOutputs(), told);
        assertThat(passToTheEnd())
                .isInstanceOfSatisfying(
                        RenderEvent.Finished.class,
                        finished -> assertThat(finished.outputs()).hasSize(2));
        assertThat(comfy.promptCount()).as("sent once").isEqualTo(2);
    }

    @Test
    void a_slow_network_makes_a_run_slow_and_nothing_else() {
        proxy.delay(Traffic.ALL, Duration.ofMillis(500));
        CompletableFuture<ComfyRun> sent = CompletableFuture.supplyAsync(this::start);
        RenderEvent.Ended end = passToTheEnd(Duration.ofMillis(50));
        proxy.pass();

        assertThat(sent).isCompleted();
        isBoth(end);
    }

    @Test
    void an_image_that_is_cut_short_on_its_way_is_no_image_and_can_be_fetched_again() {
        start();
        RenderEvent.Finished finished = (RenderEvent.Finished) passToTheEnd();
        RenderOutput output = finished.outputs().get(0);

        for (Runnable trouble :
                List.<Runnable>of(() -> proxy.cutAfter(700), () -> comfy.cutAnswers("/view"), comfy::truncateImages)) {
            trouble.run();
            assertThatThrownBy(() -> output.source().read())
                    .isInstanceOfSatisfying(
                            GazeException.class,
                            broken -> assertThat(broken.retryable()).isTrue());
            proxy.pass();
            comfy.recover();
            assertThat(output.source().read()).startsWith(0x89, 'P', 'N', 'G');
        }
    }

    // ---- the server

    @Test
    void frames_that_come_twice_tell_one_end() {
        comfy.repeatFrames();
        start();

        isBoth(passToTheEnd());
    }

    @Test
    void frames_out_of_order_neither_hide_an_image_nor_invent_an_end() {
        comfy.disorderFrames();
        start();

        isBoth(passToTheEnd(Duration.ofMillis(50)));
    }

    @Test
    void frames_that_come_long_after_history_are_not_waited_for() throws Exception {
        comfy.framesComeLate(Duration.ofMinutes(5));
        start();
        comfy.awaitFinished(1);
        Instant finished = time.now();

        isBoth(passToTheEnd(Duration.ofMillis(250)));
        assertThat(Duration.between(finished, time.now())).isLessThan(LIMITS.silence());
    }

    @Test
    void a_server_that_forgets_while_its_socket_stays_open_has_lost_the_run() throws Exception {
        comfy.standStill();
        start();
        told.next(RenderEvent.Started.class);
        comfy.forget();
        comfy.recover();

        assertThat(passToTheEnd()).isInstanceOf(RenderEvent.Lost.class);
    }

    @Test
    void strangers_who_delete_or_interrupt_are_told_from_ourselves() throws Exception {
        comfy.standStill();
        Told first = new Told();
        client.run(UUID.randomUUID(), twoOutputs(), JsonObject.empty(), first);
        first.next(RenderEvent.Started.class);
        start();
        comfy.deleteWaiting();
        assertThat(passToTheEnd()).isEqualTo(new RenderEvent.Interrupted(false));

        comfy.interruptRunning();
        assertThat(first.next(RenderEvent.Ended.class)).isEqualTo(new RenderEvent.Interrupted(false));
    }

    @Test
    void a_prompt_refused_in_part_is_refused_and_taken_back_while_it_waits() throws Exception {
        comfy.standStill();
        Told first = new Told();
        client.run(UUID.randomUUID(), twoOutputs(), JsonObject.empty(), first);
        first.next(RenderEvent.Started.class);
        comfy.refusePartly("2", "SaveImage");

        assertThatThrownBy(this::start).satisfies(TroubledServerTest::isRefusedInPart);
        comfy.recover();
        isBoth(first.next(RenderEvent.Ended.class));
        await().atMost(PATIENCE).until(() -> client.remaining() == 0);
        assertThat(told.all).isEmpty();
        assertThat(client.history(prompt.toString())).as("it never ran").isEmpty();
    }

    @Test
    void a_prompt_refused_in_part_is_refused_and_stopped_when_it_runs_before_the_answer_is_here() throws Exception {
        comfy.standStill();
        comfy.refusePartly("2", "SaveImage");
        proxy.delay(Traffic.ALL, Duration.ofMillis(500));
        CompletableFuture<ComfyRun> sent = CompletableFuture.supplyAsync(this::start);
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> {
            time.advance(Duration.ofMillis(50));
            return comfy.promptCount() == 1;
        });
        comfy.awaitRunning();
        proxy.pass();

        assertThatThrownBy(() -> sent.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .cause()
                .satisfies(TroubledServerTest::isRefusedInPart);
        comfy.recover();
        await().atMost(PATIENCE).until(() -> client.remaining() == 0);
        assertThat(told.all).isEmpty();
        assertThat(client.history(prompt.toString()))
                .as("nothing of it was made")
                .hasValueSatisfying(entry -> assertThat(entry.outputs()).isEmpty());
    }

    private static void isRefusedInPart(Throwable thrown) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        ComfyException.class,
                        refused -> assertThat(refused.error())
                                .isInstanceOfSatisfying(
                                        ComfyError.Validation.class,
                                        validation ->
                                                assertThat(validation.partly()).isTrue()))
                .hasMessageContaining("it was taken back");
    }

    @Test
    void an_answer_that_names_no_prompt_stops_nobody_elses() throws Exception {
        comfy.standStill();
        client.run(UUID.randomUUID(), twoOutputs(), JsonObject.empty(), event -> {});
        comfy.awaitRunning();
        comfy.answer("/prompt", JsonObject.of("ok", true));

        assertThatThrownBy(this::start).hasMessageContaining("JSON of another shape");
        assertThatThrownBy(() -> client.interrupt(" ")).isInstanceOf(IllegalArgumentException.class);
        assertThat(comfy.requests()).noneMatch(request -> request.target().equals("/interrupt"));
    }

    @Test
    void numbers_of_ten_thousand_digits_cost_no_time() {
        JsonNumber huge = new JsonNumber("1e9999");
        comfy.answer("/prompt", JsonObject.of("exec_info", JsonObject.of("queue_remaining", huge)));
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            assertThat(client.remaining()).isEqualTo(Integer.MAX_VALUE);
            comfy.recover();
            JsonObject graph = twoOutputs().with(List.of("3", "inputs", "seed"), huge);
            assertThatThrownBy(() -> client.run(prompt, graph, JsonObject.empty(), told))
                    .hasMessageContaining("node 3 (KSampler)");
        });
    }

    @Test
    void a_run_that_is_all_cached_tells_of_the_files_that_are_there() {
        comfy.rehearsePrompts();
        start();

        // No time passes: were the queue asked before the frames are here, all nodes would count as begun.
        isBoth(passToTheEnd(Duration.ZERO));
        assertThat(told.all).contains(new RenderEvent.Started(0)).noneMatch(RenderEvent.NodeStarted.class::isInstance);
    }

    @Test
    void a_server_that_was_restarted_on_its_port_makes_the_next_run() {
        comfy.standStill();
        start();
        comfy.awaitRunning();
        comfy.restart();
        comfy.recover();
        assertThat(passToTheEnd()).isInstanceOf(RenderEvent.Lost.class);

        told.all.clear();
        start();
        isBoth(passToTheEnd());
    }
}
