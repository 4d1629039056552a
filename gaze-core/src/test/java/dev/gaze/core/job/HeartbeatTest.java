package dev.gaze.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HeartbeatTest {
    private final AtomicInteger written = new AtomicInteger();

    private Heartbeat on(Executor threads) {
        return new Heartbeat(threads, written::incrementAndGet);
    }

    @Test
    void a_beat_for_which_no_thread_could_be_made_is_left_out_and_the_next_one_comes() {
        AtomicBoolean full = new AtomicBoolean(true);
        Heartbeat heartbeat = on(work -> {
            if (full.getAndSet(false)) {
                throw new InternalError("unable to create native thread");
            }
            work.run();
        });

        heartbeat.beat();
        assertThat(written).hasValue(0);
        heartbeat.beat();
        assertThat(written).hasValue(1);
    }

    @Test
    void beats_do_not_pile_up_while_one_waits_for_its_thread() {
        Deque<Runnable> waiting = new ArrayDeque<>();
        Heartbeat heartbeat = on(waiting::add);

        heartbeat.beat();
        heartbeat.beat();
        assertThat(waiting).hasSize(1);
        waiting.remove().run();
        heartbeat.beat();
        assertThat(waiting).hasSize(1);
    }
}
