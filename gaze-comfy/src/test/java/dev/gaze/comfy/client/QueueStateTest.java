package dev.gaze.comfy.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.json.Json;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class QueueStateTest {

    @Test
    void what_waits_is_put_in_the_order_it_will_run() {
        QueueState queue = QueueState.of(
                Json.object(
                        "{\"queue_running\": [[5, \"now\", {}]], \"queue_pending\": [[7.0, \"b\", {}, {}, []], [-61, \"front2\"], [7.0, \"a\"], [-3.5, \"half\"]]}"));

        assertThat(queue.pending()).extracting(QueueState.Item::prompt).containsExactly("front2", "half", "a", "b");
        assertThat(queue.position("a")).hasValue(3);
        assertThat(queue.position("now")).isEmpty();
        assertThat(queue.isRunning("now")).isTrue();
        assertThat(queue.isRunning("a")).isFalse();
    }

    @Test
    void ids_of_others_may_be_anything() {
        QueueState queue = QueueState.of(
                Json.object("{\"queue_running\": [[0, 12], [\"x\", null], 3, [1]], \"queue_pending\": null}"));

        assertThat(queue.running()).extracting(QueueState.Item::prompt).containsExactly("12", "null");
        assertThat(queue.pending()).isEmpty();
    }
}
