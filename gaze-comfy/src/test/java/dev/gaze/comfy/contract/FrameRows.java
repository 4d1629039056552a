package dev.gaze.comfy.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said over the socket while a prompt runs, in which order, and what history keeps of it. */
abstract class FrameRows extends ContractRows {
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
}
