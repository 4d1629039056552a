package dev.gaze.comfy.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What history keeps of a run: good, failed, interrupted, deleted, or lost in a restart. */
abstract class HistoryRows extends ContractRows {
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
