package dev.gaze.comfy.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.backend.RenderEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EventsTest {
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final List<RenderEvent> told = new ArrayList<>();
    private final Events events = new Events(told::add, waiting::add);

    private static RenderEvent preview(int number) {
        return new RenderEvent.Previewed(Integer.toString(number), "image/jpeg", new byte[0]);
    }

    @Test
    void nothing_is_told_before_it_is_open_and_everything_in_order_after() {
        events.add(new RenderEvent.Started(2));
        events.tell();
        assertThat(waiting).isEmpty();
        events.open();
        events.add(new RenderEvent.NodeStarted("1"));
        events.tell();
        assertThat(waiting).as("one call at a time").hasSize(1);
        waiting.remove().run();

        assertThat(told).containsExactly(new RenderEvent.Started(2), new RenderEvent.NodeStarted("1"));
    }

    @Test
    void a_slow_listener_misses_old_previews_and_nothing_else() {
        events.open();
        IntStream.range(0, 100).forEach(step -> {
            events.add(new RenderEvent.Progressed("3", step, 100));
            events.add(preview(step));
            events.tell();
        });
        waiting.remove().run();

        assertThat(told.stream().filter(RenderEvent.Progressed.class::isInstance))
                .hasSize(100);
        assertThat(told.stream().filter(RenderEvent.Previewed.class::isInstance))
                .extracting(event -> ((RenderEvent.Previewed) event).node())
                .containsExactly("96", "97", "98", "99");
    }

    @Test
    void an_executor_that_takes_nothing_any_more_stops_nobody() {
        Events refused = new Events(told::add, work -> {
            throw new RejectedExecutionException("shut down");
        });
        refused.open();
        refused.add(new RenderEvent.Started(1));
        refused.tell();

        assertThat(told).isEmpty();
    }

    @Test
    void what_was_dropped_is_never_told() {
        events.add(new RenderEvent.Started(1));
        events.drop();
        events.add(new RenderEvent.Started(2));
        events.tell();

        assertThat(waiting).isEmpty();
    }
}
