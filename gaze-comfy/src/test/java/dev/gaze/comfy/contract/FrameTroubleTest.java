package dev.gaze.comfy.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gaze.api.json.JsonObject;
import dev.gaze.comfy.contract.RawSocket.Frame;
import dev.gaze.comfy.embedded.EmbeddedComfy;
import dev.gaze.testkit.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Frames that do not come as they should, and prompts of which strangers dispose. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FrameTroubleTest {
    private final ManualTime time = new ManualTime();
    private final EmbeddedComfy comfy = EmbeddedComfy.start(time);
    private final RawComfy http = new RawComfy(comfy.address(), 10);

    @AfterEach
    void close() {
        http.close();
        comfy.close();
    }

    private static List<String> briefs(List<Frame> frames) {
        return frames.stream().map(Frame::brief).toList();
    }

    /** What a quiet run of a graph sounds like. */
    private List<String> quiet() {
        try (RawSocket socket = http.socket("quiet")) {
            return briefs(socket.untilEnd(http.submit(Graphs.preview(), "quiet")));
        }
    }

    @Test
    void each_frame_can_come_twice() {
        List<String> once = quiet();
        comfy.repeatFrames();
        try (RawSocket socket = http.socket("twice")) {
            String id = http.submit(Graphs.preview(), "twice");
            List<Frame> told = new ArrayList<>(socket.untilEnd(id));
            told.addAll(socket.untilEnd(id));

            assertThat(briefs(told))
                    .hasSize(once.size() * 2)
                    .containsExactlyElementsOf(once.stream()
                            .flatMap(frame -> java.util.stream.Stream.of(frame, frame))
                            .toList());
        }
    }

    @Test
    void frames_can_come_four_at_a_time_the_last_one_first() {
        List<String> ordered = quiet();
        comfy.disorderFrames();
        try (RawSocket socket = http.socket("disorder")) {
            String id = http.submit(Graphs.preview(), "disorder");
            comfy.awaitFinished(2);
            List<Frame> told = new ArrayList<>();
            await().until(() -> {
                time.advance(Duration.ofMillis(100));
                told.addAll(socket.left());
                return told.size() == ordered.size();
            });

            assertThat(briefs(told))
                    .containsExactlyInAnyOrderElementsOf(ordered)
                    .isNotEqualTo(ordered);
            assertThat(told.stream().filter(frame -> frame.isEnd(id))).hasSize(1);
        }
    }

    @Test
    void frames_can_come_late_in_their_order_when_history_has_known_for_long() {
        List<String> ordered = quiet();
        comfy.framesComeLate(Duration.ofSeconds(30));
        try (RawSocket socket = http.socket("late")) {
            String id = http.submit(Graphs.preview(), "late");
            comfy.awaitFinished(2);
            assertThat(socket.left()).isEmpty();
            assertThat(http.history(id).members()).isNotEmpty();
            await().until(() -> time.waiting() == ordered.size());
            time.advance(Duration.ofSeconds(30));

            assertThat(briefs(socket.untilEnd(id))).isEqualTo(ordered);
        }
    }

    @Test
    void a_server_can_forget_everything_while_its_sockets_stay_open() {
        try (RawSocket socket = http.socket("forgotten")) {
            String ended = http.submit(Graphs.preview(), "forgotten");
            socket.untilEnd(ended);
            comfy.standStill();
            http.submit(Graphs.preview(), "forgotten");
            http.submit(Graphs.preview(), "forgotten");
            comfy.awaitRunning();
            comfy.forget();
            comfy.recover();

            assertThat(http.get("/history").object()).isEqualTo(JsonObject.empty());
            assertThat(http.get("/prompt").text()).contains("\"queue_remaining\":0");
            assertThat(comfy.sockets()).isEqualTo(1);
            socket.left();
            socket.untilEnd(http.submit(Graphs.preview(), "forgotten"));
        }
    }

    @Test
    void strangers_interrupt_what_runs_and_delete_what_waits() {
        comfy.standStill();
        String running = http.submit(Graphs.preview(), null);
        comfy.awaitRunning();
        String waiting = http.submit(Graphs.preview(), null);
        comfy.deleteWaiting();
        comfy.interruptRunning();
        comfy.awaitFinished(1);

        assertThat(http.history(running).toString()).contains("execution_interrupted");
        assertThat(http.history(waiting)).isEqualTo(JsonObject.empty());
        assertThat(http.get("/prompt").text()).contains("\"queue_remaining\":0");
    }

    @Test
    void a_prompt_can_be_refused_in_part_and_taken_all_the_same() {
        comfy.refusePartly("2", "PreviewImage");
        Reply reply = http.prompt(Graphs.preview(), null);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.object().object("node_errors").object("2").toString())
                .contains("required_input_missing", "PreviewImage");
        comfy.awaitFinished(1);
    }

    @Test
    void a_rehearsed_prompt_is_all_cached_and_tells_of_the_files_of_the_rehearsal() {
        comfy.rehearsePrompts();
        try (RawSocket socket = http.socket("second")) {
            String id = http.submit(Graphs.save(Graphs.anyColour(), "x/img"), "second");
            List<Frame> told = socket.untilEnd(id);

            assertThat(told).noneMatch(frame -> frame.brief().equals("executing 1"));
            assertThat(told)
                    .filteredOn(frame -> frame.type().equals("execution_cached"))
                    .singleElement()
                    .satisfies(frame -> assertThat(frame.data().toString()).contains("\"1\"", "\"2\""));
            assertThat(ContractRows.image(http.history(id), "2").text("filename"))
                    .hasValue("img_00001_.png");
        }
    }

    @Test
    void an_answer_can_end_in_the_middle_of_its_body() {
        String path = ContractRows.view(ContractRows.image(http.run(Graphs.preview()), "2"));
        comfy.cutAnswers("/view");
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> http.get(path))
                .isInstanceOf(java.io.UncheckedIOException.class);

        comfy.recover();
        assertThat(http.get(path).status()).isEqualTo(200);
    }

    @Test
    void a_server_that_was_closed_can_be_started_again_on_its_port() {
        int port = comfy.address().getPort();
        comfy.close();
        try (EmbeddedComfy again = EmbeddedComfy.builder().time(time).port(port).start();
                RawComfy other = new RawComfy(again.address(), 10)) {
            assertThat(again.address()).isEqualTo(comfy.address());
            assertThat(other.run(Graphs.preview()).text("status", "status_str")).hasValue("success");
        }
    }
}
