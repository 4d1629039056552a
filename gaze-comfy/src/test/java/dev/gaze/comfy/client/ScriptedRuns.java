package dev.gaze.comfy.client;

import static dev.gaze.comfy.client.ScriptedComfy.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gaze.api.backend.RenderEvent;
import dev.gaze.api.backend.ServerSettings;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonObject;
import dev.gaze.testkit.ManualTime;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;

/** A client before a server whose every word the test decides, on a clock that the test moves. */
abstract class ScriptedRuns {
    static final JsonObject GRAPH = JsonObject.of(
            "1", JsonObject.of("class_type", "EmptyImage", "inputs", JsonObject.of("width", 64)),
            "2", JsonObject.of("class_type", "SaveImage", "inputs", JsonObject.of("images", JsonArray.of("1", 0))));
    static final Duration SILENCE = ServerSettings.Limits.DEFAULT.silence();

    final ManualTime time = new ManualTime();
    final ScriptedComfy server = new ScriptedComfy();
    final Told told = new Told();
    ComfyClient client = client(ServerSettings.Limits.DEFAULT);

    ComfyClient client(ServerSettings.Limits limits) {
        return new ComfyClient(server.settings().withLimits(limits), time, Runnable::run);
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    ComfyRun start() {
        return client.run(UUID.randomUUID(), GRAPH, JsonObject.empty(), told);
    }

    /** Lets time pass in small steps until something holds; a real clock bounds the wait. */
    void passUntil(ThrowingRunnable holds) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).untilAsserted(() -> {
            time.advance(Duration.ofSeconds(1));
            holds.run();
        });
    }

    RenderEvent.Ended passToTheEnd() {
        passUntil(() -> assertThat(told.all).anyMatch(RenderEvent.Ended.class::isInstance));
        assertThat(told.all.stream().filter(RenderEvent.Ended.class::isInstance))
                .hasSize(1);
        RenderEvent last = told.all.get(told.all.size() - 1);
        assertThat(last).as("the end comes last").isInstanceOf(RenderEvent.Ended.class);
        return (RenderEvent.Ended) last;
    }
}
