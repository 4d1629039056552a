package dev.gaze.comfy.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is said over the socket while a prompt runs, in which order, and what history keeps of it. */
abstract class FrameRows extends ContractRows {
    private final String client = "frames-" + UUID.randomUUID();

    private static List<String> briefs(List<RawSocket.Frame> frames, String... without) {
        return frames.stream()
                .map(RawSocket.Frame::brief)
                .filter(brief -> !List.of(without).contains(brief))
                .toList();
    }

    private List<RawSocket.Frame> frames(JsonObject graph) {
        try (RawSocket socket = http.socket(client)) {
            return socket.untilEnd(http.submit(graph, client));
        }
    }

    private static RawSocket.Frame first(List<RawSocket.Frame> frames, String type) {
        return frames.stream()
                .filter(frame -> frame.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_socket_hears_status_with_its_id_first() {
        try (RawSocket socket = http.rawSocket("/ws?clientId=" + client)) {
            RawSocket.Frame first = socket.next();

            assertThat(first.type()).isEqualTo("status");
            assertThat(first.data().text("sid")).hasValue(client);
            assertThat(first.data().number("status", "exec_info", "queue_remaining"))
                    .isPresent();
        }
    }

    @Test
    void a_socket_without_client_id_is_given_one() {
        for (String path : List.of("/ws", "/ws?clientId=")) {
            try (RawSocket socket = http.rawSocket(path)) {
                assertThat(socket.next().data().text("sid"))
                        .hasValueSatisfying(id -> assertThat(id).matches("[0-9a-f]{32}"));
            }
        }
    }

    @Test
    void feature_flags_are_answered_when_they_are_the_first_message() {
        try (RawSocket socket = http.socket(client)) {
            socket.send("{\"type\":\"feature_flags\",\"data\":{\"supports_preview_metadata\":true}}");
            RawSocket.Frame answer = socket.next();

            assertThat(answer.type()).isEqualTo("feature_flags");
            assertThat(answer.data()).isEqualTo(http.get("/features").object());
        }
    }

    @Test
    void feature_flags_sent_second_are_ignored_without_a_word() {
        try (RawSocket socket = http.socket(client)) {
            socket.send("{\"type\":\"hello\"}");
            socket.send("{\"type\":\"feature_flags\",\"data\":{\"supports_preview_metadata\":true}}");
            List<RawSocket.Frame> all = socket.untilEnd(http.submit(Graphs.preview(), client));

            assertThat(briefs(all)).doesNotContain("feature_flags");
        }
    }

    @Test
    void one_prompt_in_order() {
        assertThat(briefs(frames(Graphs.preview())))
                .containsExactly(
                        "status",
                        "status",
                        "execution_start",
                        "execution_cached",
                        "progress_state",
                        "executing 1",
                        "progress_state",
                        "progress_state",
                        "executing 2",
                        "executed 2",
                        "progress_state",
                        "execution_success",
                        "status",
                        "executing null");
    }

    @Test
    void nodes_run_as_the_server_chooses_and_not_in_the_order_of_keys() {
        List<String> executing = briefs(frames(Graphs.sampled(Graphs.anySeed(), 1))).stream()
                .filter(brief -> brief.startsWith("executing "))
                .toList();

        assertThat(executing.subList(executing.size() - 4, executing.size()))
                .containsExactly("executing 3", "executing 8", "executing 9", "executing null");
    }

    @Test
    void a_sampler_tells_of_each_step() {
        List<RawSocket.Frame> all = frames(Graphs.sampled(Graphs.anySeed(), 3));
        List<RawSocket.Frame> steps =
                all.stream().filter(frame -> frame.brief().equals("progress 3")).toList();

        assertThat(steps)
                .extracting(frame -> frame.data().number("value").orElseThrow().asInt())
                .containsExactly(1, 2, 3);
        assertThat(steps)
                .allSatisfy(frame -> assertThat(
                                frame.data().number("max").orElseThrow().asInt())
                        .isEqualTo(3));
    }

    @Test
    void progress_state_holds_every_node_started_so_far() {
        List<RawSocket.Frame> states = frames(Graphs.preview()).stream()
                .filter(frame -> frame.type().equals("progress_state"))
                .toList();
        JsonObject last = states.get(states.size() - 1).data().object("nodes");

        assertThat(states.get(0).data().object("nodes").members()).containsOnlyKeys("1");
        assertThat(last.members()).containsOnlyKeys("1", "2");
        assertThat(last.text("2", "state")).hasValue("finished");
        assertThat(last.object("1").members())
                .containsKeys("value", "max", "state", "node_id", "prompt_id", "display_node_id", "real_node_id");
    }

    @Test
    void previews_in_the_old_form_follow_progress() {
        List<RawSocket.Frame> all = frames(Graphs.sampled(Graphs.anySeed(), 2));
        org.junit.jupiter.api.Assumptions.assumeTrue(
                all.stream().anyMatch(frame -> frame.bytes() != null), "this server sends no previews");
        List<String> briefs = briefs(all, "progress_state");
        RawSocket.Frame preview = first(all, "binary 1");

        assertThat(briefs.get(briefs.indexOf("binary 1") - 1)).isEqualTo("progress 3");
        assertThat(preview.number(4)).as("1 is JPEG, 2 is PNG").isIn(1, 2);
    }

    @Test
    void previews_with_metadata_come_in_front_of_progress_and_say_whose_they_are() {
        try (RawSocket socket = http.socket(client)) {
            socket.send("{\"type\":\"feature_flags\",\"data\":{\"supports_preview_metadata\":true}}");
            socket.until(frame -> frame.type().equals("feature_flags"));
            String id = http.submit(Graphs.sampled(Graphs.anySeed(), 2), client);
            List<RawSocket.Frame> all = socket.untilEnd(id);
            org.junit.jupiter.api.Assumptions.assumeTrue(
                    all.stream().anyMatch(frame -> frame.bytes() != null), "this server sends no previews");
            List<String> briefs = briefs(all, "progress_state");
            RawSocket.Frame preview = first(all, "binary 4");
            JsonObject metadata = Json.object(
                    preview.bytes().substring(8, 8 + preview.number(4)).utf8());

            assertThat(briefs.get(briefs.indexOf("binary 4") + 1)).isEqualTo("progress 3");
            assertThat(metadata.text("prompt_id")).hasValue(id);
            assertThat(metadata.text("node_id")).hasValue("3");
            assertThat(metadata.text("image_type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("image/"));
        }
    }

    @Test
    void an_identical_graph_is_all_cached_and_shows_its_old_files() {
        JsonObject graph = Graphs.preview();
        JsonObject before = image(http.run(graph), "2");
        List<RawSocket.Frame> all = frames(graph);

        assertThat(briefs(all))
                .containsExactly(
                        "status",
                        "status",
                        "execution_start",
                        "execution_cached",
                        "executed 2",
                        "progress_state",
                        "execution_success",
                        "status",
                        "executing null");
        assertThat(texts(first(all, "execution_cached").data(), "nodes")).containsExactly("1", "2");
        assertThat(list(first(all, "executed").data(), "output", "images")).containsExactly(before);
    }

    @Test
    void only_the_last_prompt_is_cached() {
        JsonObject a = Graphs.preview(Graphs.anyColour());
        JsonObject b = Graphs.preview(Graphs.anyColour());
        http.run(a);
        http.run(b);

        assertThat(list(first(frames(a), "execution_cached").data(), "nodes")).isEmpty();
        assertThat(list(first(frames(a), "execution_cached").data(), "nodes")).hasSize(2);
    }

    @Test
    void another_seed_leaves_loaders_and_texts_cached() {
        http.run(Graphs.sampled(Graphs.anySeed(), 1));
        List<RawSocket.Frame> all = frames(Graphs.sampled(Graphs.anySeed(), 1));

        assertThat(texts(first(all, "execution_cached").data(), "nodes")).containsExactlyInAnyOrder("4", "5", "6", "7");
        assertThat(briefs(all)).contains("executing 3").doesNotContain("executing 4");
    }

    @Test
    void a_chain_of_loras_runs_in_order() {
        List<String> loras =
                texts(JsonObject.of("all", http.get("/models/loras").json()), "all");
        org.junit.jupiter.api.Assumptions.assumeTrue(!loras.isEmpty(), "this server has no LoRA");
        JsonObject graph = Graphs.sampled(Graphs.anySeed(), 1)
                .with("20", lora(loras.get(0), "4"))
                .with("21", lora(loras.get(loras.size() - 1), "20"));
        List<String> briefs = briefs(frames(Graphs.with(graph, "3", "model", Graphs.link("21", 0))));

        assertThat(briefs).containsSubsequence("executing 20", "executing 21", "executing 3", "executed 9");
    }

    private static JsonObject lora(String file, String above) {
        return Graphs.node(
                "LoraLoader",
                "lora_name",
                file,
                "strength_model",
                Math.random(),
                "strength_clip",
                0.5,
                "model",
                Graphs.link(above, 0),
                "clip",
                Graphs.link(above, 1));
    }

    @Test
    void images_sent_over_the_socket_leave_nothing_in_history() {
        JsonObject graph = Graphs.preview().with("2", Graphs.node("SaveImageWebsocket", "images", Graphs.link("1", 0)));
        List<RawSocket.Frame> all = frames(graph);
        RawSocket.Frame sent = first(all, "binary 1");
        String id = first(all, "execution_start").data().text("prompt_id").orElseThrow();

        assertThat(sent.number(4)).as("PNG").isEqualTo(2);
        assertThat(sent.bytes().substring(8, 12).hex()).isEqualTo("89504e47");
        assertThat(http.history(id).object("outputs")).isEqualTo(JsonObject.empty());
    }

    @Test
    void a_history_entry_has_prompt_outputs_status_and_meta() {
        JsonObject entry = http.run(Graphs.preview());

        assertThat(entry.members()).containsKeys("prompt", "outputs", "status", "meta");
        assertThat(list(entry, "prompt")).hasSizeGreaterThanOrEqualTo(5);
        assertThat(image(entry, "2").text("type")).hasValue("temp");
        assertThat(image(entry, "2").members()).containsKeys("filename", "subfolder");
        assertThat(entry.object("status").members()).containsKeys("status_str", "completed", "messages");
        assertThat(entry.text("meta", "2", "node_id")).hasValue("2");
    }

    @Test
    void messages_in_history_are_the_frames_with_their_time() {
        List<RawSocket.Frame> all = frames(Graphs.preview());
        RawSocket.Frame start = first(all, "execution_start");
        String id = start.data().text("prompt_id").orElseThrow();
        List<JsonValue> messages = list(http.history(id), "status", "messages");

        assertThat(messages)
                .extracting(message -> text(((JsonArray) message).items().get(0)))
                .containsExactly("execution_start", "execution_cached", "execution_success");
        assertThat(((JsonArray) messages.get(0)).items().get(1)).isEqualTo(start.data());
        assertThat(start.data().members().get("timestamp")).isInstanceOf(JsonNumber.class);
    }

    @Test
    void history_is_there_when_executing_null_has_come() {
        try (RawSocket socket = http.socket(client)) {
            for (int i = 0; i < 50; i++) {
                String id = http.submit(Graphs.preview(), client);
                socket.untilEnd(id);

                assertThat(http.history(id).members()).as("run " + i).isNotEmpty();
            }
        }
    }

    @Test
    void an_error_names_the_node_and_keeps_what_was_made_before() {
        JsonObject graph = Graphs.preview()
                .with("5", Graphs.node("EmptyImage", "width", 64, "height", 64, "batch_size", 1, "color", 9))
                .with(
                        "6",
                        Graphs.node(
                                "SaveImage",
                                "images",
                                Graphs.link("5", 0),
                                "filename_prefix",
                                "../../escape" + UUID.randomUUID()));
        List<RawSocket.Frame> all = frames(graph);
        JsonObject error = first(all, "execution_error").data();
        JsonObject entry = http.history(error.text("prompt_id").orElseThrow());

        assertThat(error.text("node_id")).hasValue("6");
        assertThat(error.text("node_type")).hasValue("SaveImage");
        assertThat(error.members())
                .containsKeys(
                        "executed",
                        "exception_type",
                        "exception_message",
                        "traceback",
                        "current_inputs",
                        "current_outputs");
        assertThat(briefs(all)).doesNotContain("execution_success").endsWith("status", "executing null");
        assertThat(entry.text("status", "status_str")).hasValue("error");
        if (texts(error, "executed").contains("2")) {
            assertThat(entry.object("outputs").members()).containsKey("2");
        }
    }

    @Test
    void an_interrupt_is_told_apart_from_an_error_by_its_last_message_only() {
        try (Target.Held held = target.hold(client)) {
            http.post("/interrupt", JsonObject.of("prompt_id", held.id));
            List<RawSocket.Frame> rest = held.socket.until(frame -> frame.type().equals("execution_interrupted"));
            JsonObject data = rest.get(rest.size() - 1).data();
            held.letGo();
            JsonObject entry = http.history(held.id);
            List<JsonValue> messages = list(entry, "status", "messages");

            assertThat(data.text("node_id")).hasValue("3");
            assertThat(data.text("node_type")).hasValue("KSampler");
            assertThat(entry.text("status", "status_str")).hasValue("error");
            assertThat(entry.text("status", "completed")).hasValue("false");
            assertThat(text(((JsonArray) messages.get(messages.size() - 1))
                            .items()
                            .get(0)))
                    .isEqualTo("execution_interrupted");
        }
    }

    @Test
    void a_prompt_deleted_while_pending_leaves_no_trace() {
        try (Target.Held held = target.hold(client)) {
            String gone = http.submit(Graphs.preview(), client);
            http.post("/queue", JsonObject.of("delete", List.of(gone)));
            String next = http.submit(Graphs.preview(), client);
            held.letGo();
            List<RawSocket.Frame> all = held.socket.untilEnd(next);

            assertThat(all)
                    .noneMatch(
                            frame -> frame.data().get("prompt_id").equals(java.util.Optional.of(new JsonText(gone))));
            assertThat(http.history(gone)).isEqualTo(JsonObject.empty());
        }
    }

    @Test
    void status_is_told_on_put_take_delete_and_finish() {
        try (Target.Held held = target.hold(client);
                RawSocket other = http.socket("other-" + client)) {
            String id = http.submit(Graphs.preview(), null);
            int with = remaining(other.next());
            http.post("/queue", JsonObject.of("delete", List.of(id)));
            int without = remaining(other.next());

            assertThat(with).isEqualTo(without + 1);
        }
    }

    private static int remaining(RawSocket.Frame status) {
        assertThat(status.type()).isEqualTo("status");
        return status.data()
                .number("status", "exec_info", "queue_remaining")
                .orElseThrow()
                .asInt();
    }

    @Test
    void a_restart_forgets_all_but_the_outputs_and_ends_sockets_without_a_word() {
        var comfy = target.embeddedOnly();
        JsonObject saved = image(http.run(Graphs.save(1, "gaze/kept")), "2");
        JsonObject shown = http.run(Graphs.preview(5));
        try (RawSocket socket = http.socket(client)) {
            comfy.restart();

            assertThat(socket.awaitEnd()).isEqualTo("failed");
        }
        assertThat(http.get("/history").json()).isEqualTo(JsonObject.empty());
        assertThat(http.get(view(saved)).status()).isEqualTo(200);
        assertThat(http.get(view(image(shown, "2"))).status()).isEqualTo(404);
        Reply again = http.prompt(Graphs.save(1, "gaze/kept"), null);
        assertThat(again.object().number("number").orElseThrow().asInt()).isZero();
        comfy.awaitFinished(1);
        JsonObject entry = http.history(again.object().text("prompt_id").orElseThrow());
        assertThat(image(entry, "2").text("filename")).hasValue("kept_00002_.png");
    }
}
