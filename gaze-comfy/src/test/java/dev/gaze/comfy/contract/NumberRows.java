package dev.gaze.comfy.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gaze.api.json.JsonNull;
import dev.gaze.api.json.JsonObject;
import dev.gaze.comfy.embedded.EmbeddedComfy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Prompt ids, numbers, and the order prompts run in. */
abstract class NumberRows extends ContractRows {

    private static String id(Reply reply) {
        return reply.object().text("prompt_id").orElseThrow();
    }

    private static double number(Reply reply) {
        return reply.object().number("number").orElseThrow().asDouble();
    }

    /** The prompts that ended on a socket, in order. */
    private static List<String> ended(RawSocket socket, int count) {
        List<String> order = new ArrayList<>();
        while (order.size() < count) {
            RawSocket.Frame end = socket.until(frame -> frame.brief().equals("executing null")).stream()
                    .reduce((first, second) -> second)
                    .orElseThrow();
            order.add(end.data().text("prompt_id").orElseThrow());
        }
        return order;
    }

    @Test
    void submitting_09_a_prompt_id_may_be_supplied() {
        String own = UUID.randomUUID().toString();

        assertThat(id(http.prompt(Graphs.preview(), null, "prompt_id", own))).isEqualTo(own);
    }

    @Test
    void submitting_09_any_text_number_or_null_is_an_id_before_0_33() {
        assumeFalse(target.since(0, 33), "from 0.33 on an id must be a lower-case UUID");

        assertThat(id(http.prompt(Graphs.preview(), null, "prompt_id", "my own")))
                .isEqualTo("my own");
        assertThat(id(http.prompt(Graphs.preview(), null, "prompt_id", 12))).isEqualTo("12");
        assertThat(id(http.prompt(Graphs.preview(), null, "prompt_id", JsonNull.NULL)))
                .isEqualTo("None");
    }

    @Test
    void submitting_09_only_a_lower_case_uuid_is_an_id_from_0_33_on() {
        assumeTrue(target.since(0, 33), "before 0.33 any text is an id");
        Reply reply = http.prompt(Graphs.preview(), null, "prompt_id", "my own");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.object().text("error", "type")).hasValue("invalid_prompt_id");
    }

    @Test
    void submitting_09_a_reused_id_runs_again_and_replaces_the_history_entry() {
        String id = UUID.randomUUID().toString();
        try (RawSocket socket = http.socket("reused")) {
            http.prompt(Graphs.preview(1), "reused", "prompt_id", id);
            socket.untilEnd(id);
            JsonObject first = http.history(id);
            Reply again = http.prompt(Graphs.preview(2), "reused", "prompt_id", id);
            socket.untilEnd(id);

            assertThat(again.status()).isEqualTo(200);
            assertThat(http.history(id)).isNotEqualTo(first);
        }
    }

    @Test
    void submitting_10_same_id_and_number_answers_500_yet_is_queued_and_a_third_ends_the_worker() {
        EmbeddedComfy comfy = target.embeddedOnly();
        String id = UUID.randomUUID().toString();
        Target.Held held = target.hold();
        Reply first = http.prompt(Graphs.preview(), null, "prompt_id", id, "number", 7);
        Reply second = http.prompt(Graphs.preview(), null, "prompt_id", id, "number", 7);
        Reply third = http.prompt(Graphs.preview(), null, "number", 6);

        assertThat(first.status()).isEqualTo(200);
        assertThat(second.status()).isEqualTo(500);
        assertThat(third.status()).isEqualTo(200);
        assertThat(queued("queue_pending")).containsExactly(id(third), id, id);

        held.letGo();
        Reply later = http.prompt(Graphs.preview(), null);

        assertThat(later.status()).as("prompts are still accepted").isEqualTo(200);
        assertThat(queued("queue_running")).as("but nothing runs").isEmpty();
        assertThat(queued("queue_pending")).containsExactlyInAnyOrder(id, id, id(later));
        held.close();

        comfy.restart();
        assertThat(http.run(Graphs.preview()).text("status", "status_str")).hasValue("success");
    }

    @Test
    void submitting_10_two_equal_items_alone_survive() {
        target.embeddedOnly();
        String id = UUID.randomUUID().toString();
        try (Target.Held held = target.hold()) {
            http.prompt(Graphs.preview(), null, "prompt_id", id, "number", 7);
            http.prompt(Graphs.preview(), null, "prompt_id", id, "number", 7);
            held.letGo();
        }

        assertThat(http.run(Graphs.preview()).text("status", "status_str")).hasValue("success");
    }

    @Test
    void submitting_11_numbers_count_up_and_front_gives_the_counter_negated() {
        try (Target.Held held = target.hold()) {
            Reply plain = http.prompt(Graphs.preview(), held.client);
            Reply front = http.prompt(Graphs.preview(), held.client, "front", true);
            Reply later = http.prompt(Graphs.preview(), held.client, "front", false);

            assertThat(number(front)).isEqualTo(-(number(plain) + 1));
            assertThat(number(later)).isEqualTo(number(plain) + 2);
            held.letGo();
            assertThat(ended(held.socket, 3)).containsExactly(id(front), id(plain), id(later));
        }
    }

    @Test
    void submitting_11_a_number_of_ones_own_is_a_float_and_does_not_count() {
        double before = number(http.prompt(Graphs.preview(), null));
        Reply own = http.prompt(Graphs.preview(), null, "number", -5);
        double after = number(http.prompt(Graphs.preview(), null));

        assertThat(own.object().number("number").orElseThrow().text()).isEqualTo("-5.0");
        assertThat(after).isEqualTo(before + 1);
        assertThat(http.prompt(Graphs.preview(), null, "number", "abc").status())
                .isEqualTo(500);
    }

    @Test
    void submitting_11_the_lowest_number_runs_first_and_equal_numbers_in_text_order_of_their_ids() {
        String high = "ffffffff-0000-4000-8000-" + UUID.randomUUID().toString().substring(24);
        String low = "00000000-0000-4000-8000-" + UUID.randomUUID().toString().substring(24);
        try (Target.Held held = target.hold()) {
            http.prompt(Graphs.preview(), held.client, "number", -7, "prompt_id", high);
            http.prompt(Graphs.preview(), held.client, "number", -7, "prompt_id", low);
            String first = id(http.prompt(Graphs.preview(), held.client, "number", -8.5));
            held.letGo();

            assertThat(ended(held.socket, 3)).containsExactly(first, low, high);
        }
    }

    @Test
    void submitting_11_the_running_prompt_is_never_pushed_aside() {
        try (Target.Held held = target.hold()) {
            String front = id(http.prompt(Graphs.preview(), held.client, "front", true));

            assertThat(queued("queue_running")).containsExactly(held.id);
            assertThat(queued("queue_pending")).contains(front);
        }
    }

    @Test
    void submitting_11_the_pending_list_is_a_heap_and_not_the_order_of_running() {
        try (Target.Held held = target.hold()) {
            Set<String> ids = new LinkedHashSet<>();
            for (double number : new double[] {5, 4, 3, 2, 1}) {
                ids.add(id(http.prompt(Graphs.preview(), held.client, "number", -number)));
            }
            List<String> pending = queued("queue_pending");

            assertThat(pending).containsExactlyInAnyOrderElementsOf(ids);
            assertThat(pending.get(0)).isEqualTo(ids.iterator().next());
            http.post("/queue", JsonObject.of("delete", List.copyOf(ids)));
        }
    }

    @Test
    void submitting_12_extra_data_that_is_no_object_is_a_500() {
        assertThat(http.prompt(Graphs.preview(), "x", "extra_data", JsonNull.NULL)
                        .status())
                .isEqualTo(500);
        assertThat(http.prompt(Graphs.preview(), "x", "extra_data", "text").status())
                .isEqualTo(500);
    }
}
