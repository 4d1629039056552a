package dev.gaze.comfy.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Everything recorded from real servers goes through the readers. Skipped where there are no recordings. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RecordingsTest {
    private final Map<String, JsonValue> recordings = new LinkedHashMap<>();

    @BeforeEach
    void read() throws IOException {
        String folder = System.getenv("GAZE_COMFY_RECORDINGS");
        assumeTrue(folder != null && !folder.isBlank(), "GAZE_COMFY_RECORDINGS names no folder of recordings");
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                recordings.put(file.getFileName().toString(), Json.read(Files.readAllBytes(file), JsonLimits.ANSWER));
            }
        }
        assertThat(recordings).isNotEmpty();
    }

    /** Every object in all recordings, at any depth. */
    private void everyObject(Consumer<JsonObject> visit) {
        recordings.values().forEach(value -> walk(value, visit));
    }

    private static void walk(JsonValue value, Consumer<JsonObject> visit) {
        if (value instanceof JsonObject object) {
            visit.accept(object);
            object.members().values().forEach(member -> walk(member, visit));
        } else if (value instanceof JsonArray list) {
            list.items().forEach(item -> walk(item, visit));
        }
    }

    @Test
    void every_recorded_text_frame_is_read() {
        TreeSet<String> kinds = new TreeSet<>();
        List<JsonObject> others = new ArrayList<>();
        everyObject(object -> {
            JsonObject message = object.object("text");
            if (object.get("t_ms").isPresent() && message.text("type").isPresent()) {
                Frame frame =
                        FrameReader.text(new String(Json.compact(message), java.nio.charset.StandardCharsets.UTF_8));
                kinds.add(frame.getClass().getSimpleName());
                if (frame instanceof Frame.Other) {
                    others.add(message);
                }
            }
        });

        assertThat(kinds)
                .contains(
                        "Cached",
                        "Executed",
                        "Executing",
                        "Failed",
                        "Interrupted",
                        "Progress",
                        "Sign",
                        "Started",
                        "Status",
                        "Succeeded")
                .doesNotContain("Unreadable");
        assertThat(others)
                .extracting(message -> message.text("type").orElseThrow())
                .as("only frames that name no prompt are passed over")
                .containsOnly("feature_flags", "executing");
    }

    @Test
    void every_recorded_refusal_of_every_version_is_known() {
        List<ComfyError> errors = new ArrayList<>();
        everyObject(object -> {
            JsonObject body = object.object("body");
            if (object.text("status").filter("400"::equals).isPresent()
                    && body.get("error").filter(JsonObject.class::isInstance).isPresent()) {
                errors.add(Refusals.read(body, object.object("request", "body", "prompt")));
            }
        });

        assertThat(errors).hasSizeGreaterThan(30);
        for (ComfyError error : errors) {
            assertThat(Explanation.of(error, "server")).isNotEmpty();
            if (error instanceof ComfyError.Unknown unknown) {
                assertThat(unknown.type())
                        .as("a body without a prompt, which we never send")
                        .isEqualTo("no_prompt");
            }
        }
        assertThat(errors)
                .hasAtLeastOneElementOfType(ComfyError.Validation.class)
                .hasAtLeastOneElementOfType(ComfyError.MissingNode.class)
                .hasAtLeastOneElementOfType(ComfyError.NoOutputs.class)
                .hasAtLeastOneElementOfType(ComfyError.Cycle.class)
                .hasAtLeastOneElementOfType(ComfyError.InvalidPromptId.class);
    }

    @Test
    void every_recorded_history_entry_is_read_with_its_true_end() {
        Map<HistoryEntry.Outcome, Integer> outcomes = new LinkedHashMap<>();
        everyObject(object -> object.members().forEach((id, value) -> {
            if (value instanceof JsonObject entry
                    && entry.get("prompt").isPresent()
                    && entry.get("outputs").isPresent()
                    && entry.get("status").isPresent()) {
                HistoryEntry read = HistoryEntry.of(id, entry);
                outcomes.merge(read.outcome(), 1, Integer::sum);
                String said = entry.text("status", "status_str").orElse("");
                assertThat(read.outcome() == HistoryEntry.Outcome.DONE).as(id).isEqualTo(said.equals("success"));
                assertThat(read.failure() != null).as(id).isEqualTo(read.outcome() == HistoryEntry.Outcome.FAILED);
                long files = entry.object("outputs").members().values().stream()
                        .filter(output -> output.toString().contains("\"filename\""))
                        .count();
                assertThat(read.outputs().stream().map(OutputFile::node).distinct())
                        .hasSize((int) files);
            }
        }));

        assertThat(outcomes).containsOnlyKeys(HistoryEntry.Outcome.values());
    }

    @Test
    void every_recorded_queue_is_read_in_the_order_the_server_runs_it() {
        List<QueueState> queues = new ArrayList<>();
        everyObject(object -> {
            if (object.get("queue_running").isPresent()
                    && object.get("queue_pending").isPresent()) {
                queues.add(QueueState.of(object));
            }
        });

        assertThat(queues).isNotEmpty();
        for (QueueState queue : queues) {
            assertThat(queue.pending())
                    .isSortedAccordingTo(java.util.Comparator.comparingDouble(QueueState.Item::number));
            queue.running().forEach(item -> assertThat(item.graph().members()).isNotEmpty());
        }
        JsonObject order = ((JsonObject) recordings.get("interrupt_and_queue.json")).object("queue_order");
        assertThat(order.members()).isNotEmpty();
    }

    @Test
    void what_each_version_says_of_itself_is_read() {
        List<SystemStats> told = new ArrayList<>();
        everyObject(object -> {
            if (object.text("system", "comfyui_version").isPresent()) {
                told.add(SystemStats.of(object));
            }
        });

        assertThat(told).extracting(SystemStats::version).contains("0.3.64", "0.8.0", "0.33.0");
        assertThat(told).allSatisfy(stats -> {
            assertThat(stats.os()).isNotBlank();
            assertThat(stats.devices().get(0).vramTotal()).isPositive();
        });
    }
}
