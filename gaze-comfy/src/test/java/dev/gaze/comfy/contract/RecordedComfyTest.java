package dev.gaze.comfy.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.comfy.embedded.EmbeddedComfy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * The embedded server answers what a real one answered: recorded requests are sent again, and answers and frames are
 * compared whole, but for ids, times and file numbers.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RecordedComfyTest {
    private EmbeddedComfy comfy;
    private RawComfy http;

    @BeforeEach
    void open() {
        comfy = EmbeddedComfy.builder()
                .models("checkpoints", List.of("Illustrious/model.safetensors", "Noob/other.safetensors"))
                .models(
                        "loras",
                        List.of(
                                "Illustrious/Backgrounds/city_a.safetensors",
                                "Illustrious/Clothing/coat_a.safetensors",
                                "Illustrious/Detailers/detail_a.safetensors",
                                "Illustrious/Looks/look_a.safetensors",
                                "Illustrious/Looks/look_b.safetensors",
                                "Illustrious/Poses/pose_a.safetensors",
                                "Illustrious/Styles/style_a.safetensors",
                                "Illustrious/Styles/style_b.safetensors"))
                .models("upscale_models", List.of("4x_placeholder.pth"))
                .models("controlnet", List.of("placeholder.safetensors"))
                .models("ultralytics_bbox", List.of("face_yolov8m.pt"))
                .start();
        http = new RawComfy(comfy.address(), 10);
    }

    @AfterEach
    void close() {
        http.close();
        comfy.close();
    }

    private Reply again(JsonObject request) {
        JsonValue body = request.get("body").orElse(new JsonText(""));
        String path = request.text("path").orElseThrow();
        if (body instanceof JsonText text) {
            return text.value().startsWith("bytes: ")
                    ? http.send("POST", path, bytes(text.value().substring(7)), Map.of())
                    : http.post(path, text.value());
        }
        return http.post(path, body);
    }

    /** Python's way of writing bytes: {@code \xff}. */
    private static byte[] bytes(String python) {
        return python.replace("\\xff", "\u00ff").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void same(SoftAssertions soft, String what, Reply reply, JsonObject recorded) {
        soft.assertThat(reply.status())
                .as(what)
                .isEqualTo(recorded.number("status").orElseThrow().asInt());
        JsonValue body = recorded.get("body").orElseThrow();
        if (body instanceof JsonText text) {
            soft.assertThat(reply.text()).as(what).isEqualTo(text.value());
        } else {
            soft.assertThat(Recording.comparable(reply.json())).as(what).isEqualTo(Recording.comparable(body));
        }
    }

    private List<RawSocket.Frame> frames(JsonObject request, boolean metadata) {
        String client = request.text("body", "client_id").orElseThrow();
        try (RawSocket socket = http.socket(client)) {
            if (metadata) {
                socket.send("{\"type\":\"feature_flags\",\"data\":{\"supports_preview_metadata\":true}}");
                socket.until(frame -> frame.type().equals("feature_flags"));
            }
            return socket.untilEnd(again(request).object().text("prompt_id").orElseThrow());
        }
    }

    @Test
    void every_refusal_is_the_same() {
        SoftAssertions soft = new SoftAssertions();
        Recording.file("errors_validation.json").members().forEach((what, record) -> {
            JsonObject recorded = (JsonObject) record;
            same(soft, what, again(recorded.object("request")), recorded);
        });
        soft.assertAll();
    }

    @Test
    void everything_odd_that_is_let_through_is_let_through_and_ends_the_same() {
        SoftAssertions soft = new SoftAssertions();
        int[] ended = {0};
        Recording.file("accepted_oddities.json").members().forEach((what, record) -> {
            JsonObject recorded = (JsonObject) record;
            Reply reply = again(recorded.object("request"));
            same(soft, what, reply, recorded);
            comfy.awaitFinished(++ended[0]);
            JsonObject entry = http.history(reply.object().text("prompt_id").orElseThrow());
            JsonObject after = recorded.object("history_after");
            soft.assertThat(Recording.comparable(entry.object("outputs")))
                    .as(what)
                    .isEqualTo(Recording.comparable(after.object("outputs")));
            soft.assertThat(Recording.comparable(entry.object("status")))
                    .as(what)
                    .isEqualTo(Recording.comparable(after.object("status")));
            List<JsonValue> prompt = ContractRows.list(entry, "prompt");
            soft.assertThat(prompt.get(2)).as(what).isEqualTo(after.object("prompt_stored"));
            soft.assertThat(prompt.get(4))
                    .as(what)
                    .isEqualTo(after.get("outputs_to_execute").orElseThrow());
        });
        soft.assertAll();
    }

    @Test
    void a_run_a_lora_chain_the_same_again_and_another_seed_tell_the_same_frames() {
        JsonObject run = Recording.file("run_success/post_prompt.json").object("request");
        JsonObject runFrames = Recording.file("run_success/ws_frames_with_preview_metadata.json");
        assertThat(Recording.withoutStatus(Recording.frames(frames(run, true))))
                .isEqualTo(Recording.without(
                        Recording.withoutStatus(Recording.frames(runFrames, "frames")), "feature_flags"));

        JsonObject chain = Recording.file("run_lora_chain/post_prompt.json").object("request");
        JsonObject chainFrames = Recording.file("run_lora_chain/ws_frames_old_preview.json");
        List<JsonValue> told = Recording.frames(chainFrames, "frames");
        assertThat(Recording.frames(frames(chain, false))).isEqualTo(told.subList(1, told.size()));

        JsonObject cached = Recording.file("run_cached/duplicate_all_cached.json");
        assertThat(Recording.frames(frames(cached.object("post", "request"), false)))
                .isEqualTo(Recording.frames(cached, "frames"));

        JsonObject seed = Recording.file("run_cached/seed_changed.json");
        JsonObject changed = chain.with(List.of("body", "prompt", "3", "inputs", "seed"), JsonValue.of(8));
        assertThat(Recording.without(Recording.frames(frames(changed, false)), "progress_state"))
                .isEqualTo(Recording.frames(seed, "frames"));
    }

    @Test
    void history_entries_are_the_same() {
        JsonObject run = Recording.file("run_success/post_prompt.json").object("request");
        frames(run, true);
        JsonObject recorded = Recording.file("run_success/history_entry.json").object("body");
        JsonObject entry = (JsonObject) recorded.members().values().iterator().next();
        JsonObject own = (JsonObject)
                http.get("/history").object().members().values().iterator().next();

        assertThat(Recording.entry(own)).isEqualTo(Recording.entry(entry));
    }

    @Test
    void failures_while_running_tell_the_same_frames() {
        comfy.failNode("UpscaleModelLoader", "_pickle.UnpicklingError", "cannot be parsed");
        comfy.failNode("UltralyticsDetectorProvider", "RuntimeError", "cannot be loaded");
        SoftAssertions soft = new SoftAssertions();
        Recording.file("errors_execution.json").members().forEach((what, record) -> {
            JsonObject recorded = (JsonObject) record;
            if (what.startsWith("COMBO")) {
                comfy.recover();
            }
            if (what.startsWith("text given")) { // the checkpoint was still cached from a run not recorded here
                return;
            }
            List<JsonValue> own = Recording.frames(frames(recorded.object("post", "request"), false));
            List<JsonValue> told = Recording.frames(recorded, "frames");
            boolean states = told.stream()
                    .anyMatch(frame ->
                            ((JsonObject) frame).text("type").orElse("").equals("progress_state"));
            soft.assertThat(states ? own : Recording.without(own, "progress_state"))
                    .as(what)
                    .isEqualTo(told);
        });
        soft.assertAll();
    }

    @Test
    void images_over_the_socket_tell_the_same_frames() {
        SoftAssertions soft = new SoftAssertions();
        JsonObject recorded = Recording.file("save_image_websocket.json");
        recorded.members().forEach((what, record) -> {
            boolean metadata = what.startsWith("with supports");
            JsonObject one = (JsonObject) record;
            List<JsonValue> own = Recording.frames(frames(one.object("post", "request"), metadata));
            soft.assertThat(own).as(what).isEqualTo(Recording.frames(one, "frames"));
        });
        soft.assertAll();
    }

    @Test
    void node_definitions_say_the_same_of_every_node_we_have() {
        SoftAssertions soft = new SoftAssertions();
        http.upload(
                "/upload/image",
                new okhttp3.MultipartBody.Builder()
                        .setType(okhttp3.MultipartBody.FORM)
                        .addFormDataPart("image", "example.png", okhttp3.RequestBody.create(new byte[1], null))
                        .build());
        JsonObject own = http.get("/object_info").object();
        Recording.file("object_info.json").members().forEach((name, record) -> {
            if (own.get(name).isPresent()) {
                JsonObject mine = own.object(name).without("description");
                soft.assertThat(withoutHints(mine)).as(name).isEqualTo(withoutHints(record));
            }
        });
        soft.assertAll();
    }

    /** Without the grey text editors show in empty fields. */
    private static JsonValue withoutHints(JsonValue value) {
        if (value instanceof JsonObject object) {
            JsonObject plain = object.without("placeholder");
            for (Map.Entry<String, JsonValue> member :
                    object.without("placeholder").members().entrySet()) {
                plain = plain.with(member.getKey(), withoutHints(member.getValue()));
            }
            return plain;
        }
        return value instanceof JsonArray list
                ? new JsonArray(list.items().stream()
                        .map(RecordedComfyTest::withoutHints)
                        .toList())
                : value;
    }

    @Test
    void the_queue_is_listed_in_the_same_order() {
        JsonObject recorded = Recording.file("interrupt_and_queue.json").object("queue_order");
        List<String> listed = new ArrayList<>();
        for (JsonValue item :
                ContractRows.list(recorded, "order listed by GET /queue queue_pending (heap order, not run order)")) {
            listed.add(((JsonObject) item).text("label").orElseThrow());
        }
        comfy.standStill();
        http.submit(Graphs.preview(), null);
        comfy.awaitRunning();
        Map<String, String> labels = new java.util.HashMap<>();
        for (String label : List.of("plain1", "plain2", "front1", "front2", "number 0", "number -3.5", "front false")) {
            Object[] how = label.startsWith("front")
                    ? new Object[] {"front", !label.endsWith("false")}
                    : label.startsWith("number")
                            ? new Object[] {"number", Double.parseDouble(label.substring(7))}
                            : new Object[0];
            labels.put(
                    http.prompt(Graphs.preview(), null, how)
                            .object()
                            .text("prompt_id")
                            .orElseThrow(),
                    label);
        }
        List<String> own = new ArrayList<>();
        for (JsonValue item : ContractRows.list(http.get("/queue").object(), "queue_pending")) {
            String id = ContractRows.text(((JsonArray) item).items().get(1));
            if (labels.containsKey(id)) {
                own.add(labels.get(id));
            }
        }
        assertThat(own).isEqualTo(listed);
    }

    @Test
    void what_needs_no_prompt_is_answered_the_same() {
        comfy.onlyModels("embeddings", List.of());
        SoftAssertions soft = new SoftAssertions();
        for (String name : List.of("static_endpoints.json", "view.json")) {
            Recording.file(name).members().forEach((what, record) -> {
                JsonObject recorded = (JsonObject) record;
                String path = recorded.text("request", "path").orElseThrow();
                if (path.contains("min_00002_") || OURS_ALONE.contains(path)) {
                    return;
                }
                Map<String, String> headers = new java.util.HashMap<>();
                recorded.object("request", "headers")
                        .members()
                        .forEach((key, value) -> headers.put(
                                key,
                                ContractRows.text(value)
                                        .replace(
                                                "127.0.0.1:8188",
                                                comfy.address().getAuthority())));
                String method = recorded.text("request", "method").orElseThrow();
                Reply reply = http.send(method, path, method.matches("POST|PUT") ? new byte[0] : null, headers);
                soft.assertThat(reply.status())
                        .as(what)
                        .isEqualTo(recorded.number("status").orElseThrow().asInt());
                JsonValue body = recorded.get("body").orElseThrow();
                if (!(body instanceof JsonText) && !path.endsWith("/system_stats") && !path.endsWith("/models")) {
                    soft.assertThat(withoutDescription(reply.json())).as(what).isEqualTo(body);
                }
            });
        }
        soft.assertAll();
    }

    private static JsonValue withoutDescription(JsonValue value) {
        return Json.read(
                new String(Json.compact(value), StandardCharsets.UTF_8)
                        .replace("\"description\":\"\",", "")
                        .getBytes(StandardCharsets.UTF_8),
                dev.gaze.api.json.JsonLimits.ANSWER);
    }

    /** Routes of ComfyUI's web page, lists of its extensions, and a file header we were not given. */
    private static final List<String> OURS_ALONE = List.of(
            "/users",
            "/extensions",
            "/internal/logs?x=1",
            "/view_metadata/loras?filename=Illustrious%2FLooks%2Flook_a.safetensors");
}
