package dev.gaze.comfy.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who hears which frame. */
abstract class AudienceRows extends ContractRows {
    private final String owner = "owner-" + UUID.randomUUID();
    private final String other = "other-" + UUID.randomUUID();

    private static List<String> types(List<RawSocket.Frame> frames) {
        return frames.stream().map(RawSocket.Frame::type).distinct().toList();
    }

    /** Runs a prompt of somebody else, so that everything said before it has left the server. */
    private void runAnother() {
        String last = UUID.randomUUID().toString();
        try (RawSocket marker = http.socket(last)) {
            marker.untilEnd(http.submit(Graphs.preview(), last));
        }
    }

    /** What a socket hears until the server has nothing left to do for that many times. */
    private static List<RawSocket.Frame> heard(RawSocket socket, int prompts) {
        List<RawSocket.Frame> all = new ArrayList<>();
        for (int i = 0; i < prompts; i++) {
            all.addAll(socket.until(frame -> frame.data()
                    .number("status", "exec_info", "queue_remaining")
                    .filter(left -> left.asInt() == 0)
                    .isPresent()));
        }
        return all;
    }

    @Test
    void frames_of_a_prompt_go_to_its_owner_only_and_others_hear_status() {
        try (RawSocket mine = http.socket(owner);
                RawSocket theirs = http.socket(other);
                RawSocket nameless = http.rawSocket("/ws")) {
            nameless.next();
            List<RawSocket.Frame> all = mine.untilEnd(http.submit(Graphs.preview(), owner));

            assertThat(types(all)).contains("execution_start", "executing", "executed", "execution_success");
            assertThat(types(heard(theirs, 1))).containsOnly("status");
            assertThat(types(heard(nameless, 1))).containsOnly("status");
        }
    }

    @Test
    void a_prompt_without_owner_lets_everybody_hear_progress_and_nobody_the_rest() {
        try (RawSocket socket = http.socket(other)) {
            String id = http.submit(Graphs.sampled(Graphs.anySeed(), 2), null);
            List<String> types = types(heard(socket, 1));
            runAnother();

            assertThat(http.history(id).text("status", "status_str")).hasValue("success");
            assertThat(types).contains("status", "progress_state", "progress");
            assertThat(types)
                    .doesNotContain(
                            "execution_start", "execution_cached", "executing", "executed", "execution_success");
        }
    }

    @Test
    void an_interrupt_of_a_prompt_without_owner_is_heard_by_everybody() {
        try (RawSocket socket = http.socket(other)) {
            target.slowly();
            String id = http.submit(Graphs.sampled(Graphs.anySeed(), Target.LONG_RUN), null);
            socket.until(frame -> frame.data().at("nodes", "3").isPresent());
            http.post("/interrupt", JsonObject.of("prompt_id", id));
            List<RawSocket.Frame> rest = socket.until(frame -> frame.type().equals("execution_interrupted"));
            target.quickly();

            assertThat(rest.get(rest.size() - 1).data().text("prompt_id")).hasValue(id);
        }
    }

    @Test
    void a_client_id_nobody_listens_to_loses_its_frames() {
        try (RawSocket socket = http.socket(other)) {
            String id = http.submit(Graphs.preview(), "nobody-" + UUID.randomUUID());

            assertThat(types(heard(socket, 1))).containsOnly("status");
            runAnother();
            assertThat(http.history(id).text("status", "status_str")).hasValue("success");
        }
    }

    @Test
    void a_client_id_inside_extra_data_routes_frames_too() {
        try (RawSocket socket = http.socket(owner)) {
            Reply reply = http.prompt(Graphs.preview(), null, "extra_data", JsonObject.of("client_id", owner));
            List<RawSocket.Frame> all =
                    socket.untilEnd(reply.object().text("prompt_id").orElseThrow());

            assertThat(types(all)).contains("execution_success");
        }
    }

    @Test
    void of_two_sockets_with_one_id_the_newer_hears_everything() {
        try (RawSocket older = http.socket(owner);
                RawSocket newer = http.socket(owner)) {
            newer.untilEnd(http.submit(Graphs.preview(), owner));

            runAnother();
            assertThat(older.left()).isEmpty();
            assertThat(older.isOpen()).isTrue();
        }
    }

    @Test
    void when_the_older_socket_closes_the_newer_hears_nothing_any_more_and_stays_open() {
        try (RawSocket newer = openedSecond()) {
            String id = http.submit(Graphs.preview(), owner);

            runAnother();
            assertThat(newer.left()).isEmpty();
            assertThat(newer.isOpen()).isTrue();
            assertThat(http.history(id).text("status", "status_str")).hasValue("success");
        }
    }

    private RawSocket openedSecond() {
        RawSocket newer;
        try (RawSocket older = http.socket(owner)) {
            newer = http.socket(owner);
            older.close();
            assertThat(older.awaitEnd()).startsWith("closed");
        }
        newer.left();
        return newer;
    }

    @Test
    void closing_the_older_socket_first_keeps_the_id() {
        RawSocket older = http.socket(owner);
        older.close();
        older.awaitEnd();
        try (RawSocket newer = http.socket(owner)) {
            assertThat(types(newer.untilEnd(http.submit(Graphs.preview(), owner))))
                    .contains("execution_success");
        }
    }

    @Test
    void connecting_while_ones_prompt_runs_tells_the_node_without_prompt_id_and_replays_nothing() {
        try (Target.Held held = target.hold(owner)) {
            held.socket.close();
            held.socket.awaitEnd();
            try (RawSocket again = http.rawSocket("/ws?clientId=" + owner)) {
                RawSocket.Frame status = again.next();
                RawSocket.Frame executing = again.next();

                assertThat(status.type()).isEqualTo("status");
                assertThat(executing.brief()).isEqualTo("executing 3");
                assertThat(executing.data().get("prompt_id")).isEmpty();
                held.letGo();
                assertThat(types(again.untilEnd(held.id))).contains("execution_interrupted");
            }
        }
    }

    @Test
    void connecting_while_ones_prompt_waits_hears_it_all_later() {
        try (Target.Held held = target.hold()) {
            String id = http.submit(Graphs.preview(), owner);
            try (RawSocket late = http.socket(owner)) {
                held.letGo();

                assertThat(types(late.untilEnd(id))).contains("execution_start", "executed", "execution_success");
            }
        }
    }

    @Test
    void connecting_after_the_end_hears_only_status() {
        try (RawSocket first = http.socket(owner)) {
            first.untilEnd(http.submit(Graphs.preview(), owner));
        }
        try (RawSocket late = http.socket(owner)) {
            runAnother();
            assertThat(types(heard(late, 1))).containsOnly("status");
        }
    }

    @Test
    void a_socket_that_was_cut_is_noticed_and_a_new_one_hears_again() {
        var comfy = target.embeddedOnly();
        RawSocket first = http.socket(owner);
        first.cut();
        comfy.awaitSockets(0);
        try (RawSocket second = http.socket(owner)) {
            assertThat(types(second.untilEnd(http.submit(Graphs.preview(), owner))))
                    .contains("execution_success");
        }
    }
}
