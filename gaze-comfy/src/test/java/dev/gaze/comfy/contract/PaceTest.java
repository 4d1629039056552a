package dev.gaze.comfy.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gaze.api.json.JsonObject;
import dev.gaze.comfy.embedded.EmbeddedComfy;
import dev.gaze.testkit.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** How long the embedded server takes over its work, to the millisecond of its own clock. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PaceTest {
    private static final String OTHER = "Other/model.safetensors";
    private static final String LOOK = "Illustrious/Looks/sketch_look.safetensors";
    private static final String COAT = "Illustrious/Clothing/sketch_coat.safetensors";

    private final ManualTime time = new ManualTime();
    private final EmbeddedComfy comfy = EmbeddedComfy.start(time);
    private final RawComfy http = new RawComfy(comfy.address(), 10);
    private int prompts;

    @AfterEach
    void close() {
        http.close();
        comfy.close();
    }

    /** How long a graph takes on the server's clock, moved from one timer to the next. */
    private Duration taken(JsonObject graph) {
        Instant start = time.now();
        http.submit(graph, null);
        prompts++;
        await().until(() -> {
            while (time.waiting() > 0) {
                time.advance(Duration.ofMillis(1));
            }
            return http.get("/history").object().members().size() == prompts;
        });
        return Duration.between(start, time.now());
    }

    private static JsonObject on(String checkpoint) {
        return Graphs.with(Graphs.sampled(Graphs.anySeed(), 4), "4", "ckpt_name", checkpoint);
    }

    private static JsonObject with(String lora) {
        JsonObject loader = Graphs.node(
                "LoraLoader",
                "lora_name",
                lora,
                "strength_model",
                1.0,
                "strength_clip",
                1.0,
                "model",
                Graphs.link("4", 0),
                "clip",
                Graphs.link("4", 1));
        return Graphs.with(Graphs.sampled(Graphs.anySeed(), 4).with("10", loader), "3", "model", Graphs.link("10", 0));
    }

    @Test
    void a_sampler_takes_its_time_whatever_its_steps() {
        assertThat(taken(Graphs.sampled(1, 4))).isZero();
        comfy.samplersTake(Duration.ofMillis(400));

        assertThat(taken(Graphs.sampled(2, 1))).isEqualTo(Duration.ofMillis(400));
        assertThat(taken(Graphs.sampled(3, 7))).satisfies(PaceTest::inSevenSteps);
        assertThat(taken(Graphs.preview())).as("no sampler").isZero();
        assertThat(taken(Graphs.sampled(3, 7))).satisfies(PaceTest::inSevenSteps);
        assertThat(taken(Graphs.sampled(3, 7))).as("all cached").isZero();
        comfy.recover();
        assertThat(taken(Graphs.sampled(4, 4))).isZero();
    }

    /** The server asks for the time of a step while the test moves on, by a millisecond each time. */
    private static void inSevenSteps(Duration taken) {
        assertThat(taken).isBetween(Duration.ofMillis(400), Duration.ofMillis(407));
    }

    @Test
    void a_checkpoint_is_loaded_when_another_one_is_held_and_not_when_it_is_itself() {
        comfy.models("checkpoints", List.of(OTHER));
        comfy.loadsTake(Duration.ofSeconds(2), Duration.ZERO);
        String usual = "Illustrious/model.safetensors";

        assertThat(taken(on(usual))).as("nothing is held at first").isEqualTo(Duration.ofSeconds(2));
        assertThat(taken(on(usual))).isZero();
        assertThat(taken(on(OTHER))).isEqualTo(Duration.ofSeconds(2));
        assertThat(taken(Graphs.preview())).as("a graph without a model").isZero();
        assertThat(taken(on(OTHER))).as("still held after it").isZero();
        assertThat(taken(on(usual))).isEqualTo(Duration.ofSeconds(2));
        http.post("/free", JsonObject.of("unload_models", true, "free_memory", true));
        assertThat(taken(on(usual))).as("let go of").isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void a_lora_is_loaded_unless_the_prompt_before_used_it() {
        comfy.loadsTake(Duration.ZERO, Duration.ofMillis(300));

        assertThat(taken(with(LOOK))).isEqualTo(Duration.ofMillis(300));
        assertThat(taken(with(LOOK))).isZero();
        assertThat(taken(with(COAT))).isEqualTo(Duration.ofMillis(300));
        assertThat(taken(with(LOOK))).isEqualTo(Duration.ofMillis(300));
    }

    @Test
    void an_interrupt_ends_a_load_and_a_sampler_early() {
        comfy.loadsTake(Duration.ofHours(1), Duration.ZERO);
        String loading = http.submit(on("Illustrious/model.safetensors"), null);
        await().until(() -> time.waiting() > 0);
        comfy.interruptRunning();
        comfy.awaitFinished(1);

        assertThat(http.history(loading).toString()).contains("execution_interrupted");
        assertThat(time.waiting()).isZero();
    }
}
