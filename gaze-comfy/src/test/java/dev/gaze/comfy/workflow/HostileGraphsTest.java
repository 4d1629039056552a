package dev.gaze.comfy.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.workflow.ServerFacts;
import dev.gaze.api.workflow.Workflow;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a file holds, the answer is a workflow or a list of problems: never a crash, never an endless walk. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HostileGraphsTest {
    private static final List<String> INPUTS = List.of(
            "model",
            "clip",
            "vae",
            "positive",
            "negative",
            "latent_image",
            "samples",
            "image",
            "images",
            "text",
            "seed",
            "lora_name",
            "ckpt_name",
            "bbox_detector",
            "sam_model_opt",
            "guider",
            "model_name",
            "width",
            "height",
            "filename_prefix",
            "conditioning");

    private final ComfyWirer wirer = new ComfyWirer();
    private final List<String> classes =
            List.copyOf(Servers.complete().objectInfo().members().keySet());

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    private JsonObject randomGraph(Random random) {
        Map<String, JsonValue> nodes = new LinkedHashMap<>();
        int count = 1 + random.nextInt(20);
        for (int id = 0; id < count; id++) {
            JsonObject inputs = JsonObject.empty();
            for (String input : INPUTS) {
                if (random.nextBoolean()) {
                    inputs = inputs.with(input, randomInput(random, count));
                }
            }
            JsonObject node = JsonObject.of(
                    "class_type", classes.get(random.nextInt(classes.size())), "_meta", JsonObject.of("title", "Face"));
            nodes.put(String.valueOf(id), random.nextInt(10) == 0 ? node : node.with("inputs", inputs));
        }
        return new JsonObject(nodes);
    }

    private static JsonValue randomInput(Random random, int count) {
        return switch (random.nextInt(8)) {
            case 0 -> JsonValue.of(random.nextInt(-5, 5000));
            case 1 -> JsonValue.of("{{POSITIVE_PROMPT}} {{FACE_PROMPT");
            case 2 -> JsonValue.of(null);
            case 3 -> JsonArray.of(random.nextInt(count), "0");
            default -> JsonArray.of(String.valueOf(random.nextInt(count + 1)), random.nextInt(3));
        };
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void any_graph_is_wired_or_refused(long seed) {
        Random random = new Random(seed);
        JsonObject graph = randomGraph(random);
        Plans plan = (random.nextBoolean() ? Plans.full() : Plans.words())
                .lora("outfit", "Illustrious/Clothing/raincoat.safetensors")
                .leaveOut();
        ServerFacts facts = random.nextBoolean()
                ? Servers.complete().without("FaceDetailer").facts()
                : ServerFacts.unknown();
        Assertions.assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
            assertThatCode(() -> wirer.check(Workflow.of(graph), plan.plan(), facts))
                    .doesNotThrowAnyException();
            try {
                Workflow wired = wirer.wire(wirer.template("any", graph, JsonObject.empty()), plan.plan(), facts);
                wirer.check(wired, plan.plan(), facts);
                assertThat(Json.object(wired.toString())).isEqualTo(wired.json());
            } catch (GazeException refused) {
                assertThat(refused.problems()).isNotEmpty();
            }
        });
    }

    @Test
    void a_very_long_chain_is_walked_in_reasonable_time() {
        Map<String, JsonValue> nodes = new LinkedHashMap<>(
                Graphs.of(Graphs.PLAIN.replace("images=81:0", "images=3000:0")).members());
        for (int id = 3000; id > 1000; id--) {
            nodes.put(
                    String.valueOf(id),
                    JsonObject.of(
                            "class_type",
                            "ImageInvert",
                            "inputs",
                            JsonObject.of("image", JsonArray.of(id == 1001 ? "81" : String.valueOf(id - 1), 0))));
        }
        Assertions.assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
            Workflow wired = wirer.wire(
                    wirer.template("long", new JsonObject(nodes), JsonObject.empty()),
                    Plans.full().plan(),
                    ServerFacts.unknown());
            assertThat(wirer.check(wired, Plans.full().plan(), ServerFacts.unknown()))
                    .isEmpty();
        });
    }
}
