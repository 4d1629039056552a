package dev.gaze.comfy.client;

import static dev.gaze.comfy.client.ScriptedComfy.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gaze.api.backend.RenderEvent;
import dev.gaze.api.backend.RenderOutput;
import dev.gaze.api.backend.ServerSettings;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonObject;
import dev.gaze.comfy.client.ScriptedComfy.Line;
import dev.gaze.testkit.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever becomes of frames on their way (lost, doubled, out of order, the socket cut in the middle), a run has exactly
 * one end, it is the one the server knows of, and it comes within the limit of silence. Only the order of what the
 * server does is kept: no frame arrives before what it tells of has happened.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OneRightEndTest {
    private static final JsonObject GRAPH = JsonObject.of(
            "1", node("EmptyImage", "width", 64),
            "2", node("SaveImage", "images", JsonArray.of("1", 0)),
            "3", node("SaveImage", "images", JsonArray.of("1", 0)));

    /** What the server makes of the prompt. */
    private enum Truth {
        MADE,
        FAILED,
        INTERRUPTED,
        FORGOTTEN,
        DELETED
    }

    private static final Duration SILENCE = ServerSettings.Limits.DEFAULT.silence();

    private final ManualTime time = new ManualTime();
    private final ScriptedComfy server = new ScriptedComfy();
    private final ComfyClient client = new ComfyClient(server.settings(), time, Runnable::run);
    private final Told told = new Told();
    private final String id = UUID.randomUUID().toString();
    private final Consumer<Line> closing = line -> line.over(id);
    private boolean happened;

    private static JsonObject node(String classType, Object... inputs) {
        return JsonObject.of("class_type", classType, "inputs", JsonObject.of(inputs));
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 150);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @Tag("G14")
    @Tag("G123")
    void a_run_has_one_right_end_whatever_becomes_of_its_frames(long seed) throws Exception {
        Random random = new Random(seed);
        Truth truth = Truth.values()[random.nextInt(Truth.values().length)];
        List<Consumer<Line>> frames = mangled(told(truth), random);
        boolean cut = truth == Truth.FORGOTTEN || random.nextInt(3) == 0;
        int cutAt = random.nextInt(frames.size() + 1);
        int happensAt = truth == Truth.FORGOTTEN ? cutAt : random.nextInt(frames.size() + 1);
        client.run(UUID.fromString(id), GRAPH, JsonObject.empty(), told);
        server.nextPrompt();
        Line line = server.nextLine();
        if (truth != Truth.DELETED) {
            server.starts(id);
        }
        for (int i = 0; i <= frames.size(); i++) {
            if (i == happensAt || i < frames.size() && frames.get(i) == closing) {
                happen(truth);
            }
            if (cut && i == cutAt) {
                line.drop();
                line = nextLine(line);
            }
            if (i < frames.size()) {
                frames.get(i).accept(line);
            }
        }
        happen(truth);
        Instant sent = time.now();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(3)).until(() -> {
            time.advance(Duration.ofMillis(250));
            return hasEnded();
        });

        assertThat(told.all.stream().filter(RenderEvent.Ended.class::isInstance))
                .as("%s: %s", truth, told.all)
                .hasSize(1);
        assertThat(told.all.get(told.all.size() - 1)).satisfies(end -> isRight(truth, cut, end));
        // the limit is passed once at most; the rest is time that the test let pass while the machine worked
        assertThat(Duration.between(sent, time.now())).isLessThan(SILENCE.multipliedBy(2));
    }

    private boolean hasEnded() {
        return told.all.stream().anyMatch(RenderEvent.Ended.class::isInstance);
    }

    /** The socket the client comes back with; the old one when it has no reason to. */
    private Line nextLine(Line old) throws InterruptedException {
        await().atMost(PATIENCE).until(() -> hasEnded() || !server.lines.isEmpty());
        Line next = server.lines.poll();
        if (next == null) {
            return old;
        }
        assertThat(next.said.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).contains("feature_flags");
        return next;
    }

    /** The server comes to its end with the prompt; once. */
    private void happen(Truth truth) {
        if (happened) {
            return;
        }
        happened = true;
        JsonObject both = JsonObject.of("2", ScriptedComfy.images("a.png"), "3", ScriptedComfy.images("b.png"));
        switch (truth) {
            case MADE -> server.ends(id, both, "execution_success", JsonObject.empty());
            case FAILED -> server.ends(id, JsonObject.empty(), "execution_error", failure());
            case INTERRUPTED ->
                server.ends(id, JsonObject.empty(), "execution_interrupted", JsonObject.of("node_id", "1"));
            case FORGOTTEN, DELETED -> server.vanishes(id);
        }
    }

    private static JsonObject failure() {
        return JsonObject.of("node_id", "2", "node_type", "SaveImage", "exception_type", "OSError");
    }

    /** The frames of a quiet run, as the server sends them. */
    private List<Consumer<Line>> told(Truth truth) {
        List<Consumer<Line>> frames = new ArrayList<>(List.of(
                line -> line.send("execution_start", "prompt_id", id, "timestamp", 1),
                line -> line.send("execution_cached", "nodes", List.of(), "prompt_id", id, "timestamp", 1),
                line -> line.works(id, "1"),
                line -> line.send("progress", "value", 1, "max", 2, "prompt_id", id, "node", "1"),
                line -> line.works(id, "2")));
        switch (truth) {
            case MADE ->
                frames.addAll(List.of(
                        line -> line.made(id, "2", "a.png"),
                        line -> line.works(id, "3"),
                        line -> line.made(id, "3", "b.png"),
                        line -> line.succeeds(id),
                        closing));
            case FAILED ->
                frames.addAll(List.of(
                        line -> line.send(
                                "execution_error",
                                "prompt_id",
                                id,
                                "node_id",
                                "2",
                                "node_type",
                                "SaveImage",
                                "exception_type",
                                "OSError"),
                        closing));
            case INTERRUPTED ->
                frames.addAll(
                        List.of(line -> line.send("execution_interrupted", "prompt_id", id, "node_id", "1"), closing));
            case FORGOTTEN -> frames.add(line -> line.made(id, "2", "a.png"));
            case DELETED -> frames.clear();
        }
        return frames;
    }

    /** Lost, doubled and out of order, each to a degree of its own. */
    private static List<Consumer<Line>> mangled(List<Consumer<Line>> frames, Random random) {
        double loss = random.nextInt(3) * 0.25;
        double doubling = random.nextInt(3) * 0.25;
        int reach = random.nextInt(4) * 2;
        List<Consumer<Line>> mangled = new ArrayList<>();
        for (Consumer<Line> frame : frames) {
            if (random.nextDouble() >= loss) {
                mangled.add(frame);
            }
            if (random.nextDouble() < doubling) {
                mangled.add(frame);
            }
        }
        for (int i = 0; reach > 0 && i < mangled.size(); i++) {
            int other = Math.min(mangled.size() - 1, i + random.nextInt(reach));
            mangled.set(other, mangled.set(i, mangled.get(other)));
        }
        return mangled;
    }

    private static void isRight(Truth truth, boolean cut, RenderEvent end) {
        switch (truth) {
            case MADE ->
                assertThat(end)
                        .isInstanceOfSatisfying(
                                RenderEvent.Finished.class,
                                finished -> assertThat(finished.outputs())
                                        .extracting(RenderOutput::filename)
                                        .containsExactly("a.png", "b.png"));
            case FAILED ->
                assertThat(end)
                        .isInstanceOfSatisfying(
                                RenderEvent.Failed.class,
                                failed -> assertThat(failed.problem().what()).contains("OSError"));
            case INTERRUPTED -> assertThat(end).isEqualTo(new RenderEvent.Interrupted(false));
            case FORGOTTEN -> assertThat(end).isInstanceOf(RenderEvent.Lost.class);
            case DELETED -> {
                if (cut) {
                    assertThat(end).as("it may have run while nobody listened").isInstanceOf(RenderEvent.Lost.class);
                } else {
                    assertThat(end).isEqualTo(new RenderEvent.Interrupted(false));
                }
            }
        }
    }
}
