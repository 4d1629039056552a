package dev.gaze.comfy.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The HTTP routes around a prompt: queue, interrupt, history, and what the server tells of itself. */
abstract class EndpointRows extends ContractRows {
    private static final String TROUBLE = "500 Internal Server Error\n\nServer got itself in trouble";

    private static void isEmpty200(Reply reply) {
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEmpty();
    }

    private static void isTrouble(Reply reply) {
        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.text()).isEqualTo(TROUBLE);
        assertThat(reply.headers().get("Content-Type")).startsWith("text/plain");
    }

    @Test
    void every_route_exists_twice() {
        for (String path : List.of("/prompt", "/queue", "/models", "/features", "/object_info/EmptyImage")) {
            assertThat(http.get("/api" + path).status()).as(path).isEqualTo(200);
            assertThat(http.get("/api" + path).json())
                    .as(path)
                    .isEqualTo(http.get(path).json());
        }
    }

    @Test
    void malformed_or_empty_json_is_a_500_on_every_post_but_interrupt() {
        for (String path : List.of("/prompt", "/queue", "/history", "/free")) {
            isTrouble(http.post(path, "{\"prompt\": {"));
            isTrouble(http.post(path, ""));
        }
        isEmpty200(http.post("/interrupt", "{nope"));
    }

    @Test
    void the_content_type_of_a_request_is_ignored() {
        Reply reply = http.send(
                "POST",
                "/prompt",
                dev.gaze.api.json.Json.compact(JsonObject.of("prompt", Graphs.preview())),
                Map.of("Content-Type", "text/plain"));

        assertThat(reply.status()).isEqualTo(200);
    }

    @Test
    void a_wrong_method_is_a_405() {
        assertThat(http.send("POST", "/object_info", new byte[0], Map.of()).status())
                .isEqualTo(405);
        for (String path : List.of("/queue", "/history", "/prompt")) {
            assertThat(http.send("DELETE", path, null, Map.of()).status())
                    .as(path)
                    .isEqualTo(405);
        }
        assertThat(http.send("PUT", "/prompt", new byte[0], Map.of()).status()).isEqualTo(405);
    }

    @Test
    void an_origin_other_than_the_host_is_a_403_with_an_empty_body() {
        Reply foreign = http.send("GET", "/prompt", null, Map.of("Origin", "http://evil.example"));
        Reply other =
                http.send("GET", "/prompt", null, Map.of("Host", "localhost:8188", "Origin", "http://127.0.0.1:8188"));

        assertThat(foreign.status()).isEqualTo(403);
        assertThat(foreign.body()).isEmpty();
        assertThat(other.status()).as("localhost and 127.0.0.1 count as two").isEqualTo(403);
        assertThat(http.get("/prompt").status()).as("no Origin at all").isEqualTo(200);
    }

    @Test
    void get_prompt_counts_pending_and_running() {
        try (Target.Held held = target.hold()) {
            int before = remaining();
            http.submit(Graphs.preview(), held.client);

            assertThat(remaining()).isEqualTo(before + 1);
        }
    }

    private int remaining() {
        return http.get("/prompt")
                .object()
                .number("exec_info", "queue_remaining")
                .orElseThrow()
                .asInt();
    }

    @Test
    void a_queue_item_has_number_id_graph_extra_data_and_outputs() {
        try (Target.Held held = target.hold()) {
            JsonArray item = (JsonArray)
                    list(http.get("/queue").object(), "queue_running").get(0);

            assertThat(item.items().get(0)).isInstanceOf(JsonNumber.class);
            assertThat(text(item.items().get(1))).isEqualTo(held.id);
            assertThat(((JsonObject) item.items().get(2)).text("3", "class_type"))
                    .hasValue("KSampler");
            assertThat(((JsonObject) item.items().get(3)).text("client_id")).hasValue(held.client);
            assertThat(item.items().get(4)).isEqualTo(JsonArray.of("9"));
        }
    }

    @Test
    void deleting_from_the_queue_removes_pending_prompts_only_and_is_always_200() {
        try (Target.Held held = target.hold()) {
            String kept = http.submit(Graphs.preview(), held.client);
            String gone = http.submit(Graphs.preview(), held.client);

            isEmpty200(http.post("/queue", JsonObject.of("delete", JsonArray.of(gone, held.id, "unknown"))));
            assertThat(queued("queue_running")).containsExactly(held.id);
            assertThat(queued("queue_pending")).contains(kept).doesNotContain(gone);
            isEmpty200(http.post("/queue", JsonObject.of("delete", kept)));
            assertThat(queued("queue_pending"))
                    .as("a text is walked letter by letter")
                    .contains(kept);
            assertThat(http.history(gone)).isEqualTo(JsonObject.empty());
        }
    }

    @Test
    void of_two_pending_prompts_with_one_id_only_the_first_is_deleted() {
        String id = UUID.randomUUID().toString();
        try (Target.Held held = target.hold()) {
            http.prompt(Graphs.preview(), held.client, "prompt_id", id);
            http.prompt(Graphs.preview(), held.client, "prompt_id", id);
            http.post("/queue", JsonObject.of("delete", JsonArray.of(id)));

            assertThat(queued("queue_pending")).containsOnlyOnce(id);
        }
    }

    @Test
    void clearing_the_queue_removes_all_pending_prompts() {
        target.embeddedOnly();
        try (Target.Held held = target.hold()) {
            http.submit(Graphs.preview(), null);
            http.submit(Graphs.preview(), null);

            isEmpty200(http.post("/queue", JsonObject.of("clear", true)));
            assertThat(queued("queue_pending")).isEmpty();
            assertThat(queued("queue_running")).containsExactly(held.id);
        }
    }

    @Test
    void an_interrupt_of_an_unknown_or_pending_prompt_does_nothing() {
        try (Target.Held held = target.hold()) {
            String pending = http.submit(Graphs.preview(), held.client);

            isEmpty200(http.post("/interrupt", JsonObject.of("prompt_id", "not-a-running-id")));
            isEmpty200(http.post("/interrupt", JsonObject.of("prompt_id", pending)));
            assertThat(queued("queue_running")).containsExactly(held.id);
            assertThat(queued("queue_pending")).contains(pending);
        }
    }

    @Test
    void an_interrupt_while_idle_does_nothing_to_the_next_prompt() {
        target.embeddedOnly();
        isEmpty200(http.post("/interrupt", (JsonValue) null));

        assertThat(http.run(Graphs.preview()).text("status", "status_str")).hasValue("success");
    }

    @Test
    void an_interrupt_that_is_no_object_is_a_500() {
        isTrouble(http.post("/interrupt", JsonArray.of(1)));
    }

    @Test
    void history_of_an_unknown_pending_or_running_prompt_is_an_empty_object() {
        try (Target.Held held = target.hold()) {
            String pending = http.submit(Graphs.preview(), held.client);
            for (String id : List.of(held.id, pending, UUID.randomUUID().toString())) {
                Reply reply = http.get("/history/" + id);

                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.json()).isEqualTo(JsonObject.empty());
            }
        }
    }

    @Test
    void history_max_items_gives_the_newest_oldest_first() {
        List<JsonObject> runs =
                List.of(http.run(Graphs.preview()), http.run(Graphs.preview()), http.run(Graphs.preview()));
        List<String> ids =
                runs.stream().map(run -> text(list(run, "prompt").get(1))).toList();

        assertThat(http.get("/history?max_items=2").object().members().keySet())
                .containsExactly(ids.get(1), ids.get(2));
        assertThat(http.get("/history?max_items=0").json()).isEqualTo(JsonObject.empty());
        assertThat(http.get("/history?max_items=1&offset=0").object().members()).hasSize(1);
        assertThat(http.get("/history").object().members()).containsKeys(ids.get(0), ids.get(1), ids.get(2));
        isTrouble(http.get("/history?max_items=abc"));
    }

    @Test
    void history_entries_can_be_deleted_and_unknown_ids_are_200_too() {
        JsonObject run = http.run(Graphs.preview());
        String id = text(list(run, "prompt").get(1));

        isEmpty200(http.post("/history", JsonObject.of("delete", JsonArray.of(id))));
        assertThat(http.history(id)).isEqualTo(JsonObject.empty());
        isEmpty200(http.post("/history", JsonObject.of("delete", JsonArray.of("x"))));
    }

    @Test
    void history_can_be_cleared() {
        target.embeddedOnly();
        http.run(Graphs.preview());

        isEmpty200(http.post("/history", JsonObject.of("clear", true)));
        assertThat(http.get("/history").json()).isEqualTo(JsonObject.empty());
    }

    @Test
    void free_needs_an_object_and_drops_the_cache_when_asked_to() {
        JsonObject graph = Graphs.preview();
        http.run(graph);
        isEmpty200(http.post("/free", JsonObject.of("unload_models", true)));
        assertThat(cached(http.run(graph))).as("unload_models keeps results").containsExactly("1", "2");
        isEmpty200(http.post("/free", JsonObject.of("free_memory", true)));
        assertThat(cached(http.run(graph))).as("free_memory drops them").isEmpty();
        isEmpty200(http.post("/free", JsonObject.empty()));
        isTrouble(http.post("/free", JsonArray.of(1)));
    }

    private static List<String> cached(JsonObject entry) {
        return list(entry, "status", "messages").stream()
                .map(message -> ((JsonArray) message).items())
                .filter(message -> text(message.get(0)).equals("execution_cached"))
                .flatMap(message -> texts((JsonObject) message.get(1), "nodes").stream())
                .toList();
    }

    @Test
    void object_info_of_one_class_and_of_an_unknown_one() {
        JsonObject one = http.get("/object_info/EmptyImage").object();

        assertThat(one.number("EmptyImage", "input", "required", "width")).isEmpty();
        assertThat(texts(one, "EmptyImage", "output")).containsExactly("IMAGE");
        assertThat(texts(one, "EmptyImage", "input_order", "required"))
                .containsExactly("width", "height", "batch_size", "color");
        assertThat(http.get("/object_info/NoSuchNode").json()).isEqualTo(JsonObject.empty());
        assertThat(http.get("/object_info").object().members()).containsKeys("KSampler", "LoraLoader", "SaveImage");
    }

    @Test
    void model_lists_are_what_the_loaders_offer_and_an_unknown_folder_is_404() {
        JsonObject loader = http.get("/object_info/LoraLoader").object();
        JsonArray spec = (JsonArray)
                loader.at("LoraLoader", "input", "required", "lora_name").orElseThrow();

        assertThat(http.get("/models/loras").json()).isEqualTo(spec.items().get(0));
        assertThat(http.get("/models").text()).contains("\"checkpoints\"", "\"loras\"", "\"vae\"");
        assertThat(http.get("/models/no_such_folder").status()).isEqualTo(404);
        assertThat(http.get("/embeddings").json()).isInstanceOf(JsonArray.class);
    }

    @Test
    void metadata_of_a_file_that_is_not_there_is_404() {
        assertThat(http.get("/view_metadata/loras?filename=nope.safetensors").status())
                .isEqualTo(404);
    }

    @Test
    void system_stats_and_features_tell_version_devices_and_limits() {
        JsonObject stats = http.get("/system_stats").object();
        JsonObject features = http.get("/features").object();

        assertThat(stats.text("system", "comfyui_version")).isPresent();
        assertThat(list(stats, "devices")).isNotEmpty();
        assertThat(features.text("supports_preview_metadata")).hasValue("true");
        assertThat(features.number("max_upload_size")).isPresent();
        assertThat(http.get("/extensions").json()).isInstanceOf(JsonArray.class);
    }

    @Test
    void an_unknown_path_is_404_and_a_socket_path_without_upgrade_400() {
        assertThat(http.get("/no_such_path").status()).isEqualTo(404);
        assertThat(http.get("/ws").status()).isEqualTo(400);
    }

    @Test
    void head_answers_as_get_without_a_body() {
        Reply head = http.send("HEAD", "/prompt", null, Map.of());

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().get("Content-Type")).startsWith("application/json");
    }
}
