package dev.gaze.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.backend.BackendId;
import dev.gaze.api.backend.BackendStatus.Health;
import dev.gaze.api.problem.GazeException;
import dev.gaze.core.small.SmallServer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Servers that are added, removed, away and back. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Tag("D66")
class FleetMembersTest extends FleetTesting {
    @Test
    void a_server_that_is_added_takes_a_waiting_job_at_once() throws Exception {
        add("a", 1);
        place(waits(batch(1)));
        Future<Optional<Place>> waiting = parks(batch(2));
        add("b", 1);
        assertThat(place(waiting).member().id()).isEqualTo(new BackendId("b"));
        assertThatThrownBy(() -> add("b", 1)).isInstanceOf(GazeException.class);
    }

    @Test
    void a_removed_server_ends_its_work_and_is_closed_then() throws Exception {
        SmallServer leaving = add("a", 1);
        Place running = place(waits(batch(1)));
        assertThat(fleet.remove(leaving.id())).isTrue();
        assertThat(leaving.isClosed()).isFalse();
        running.close();
        assertThat(leaving.isClosed()).isTrue();
        assertThat(fleet.remove(leaving.id())).isFalse();
    }

    @Test
    void when_the_last_server_is_removed_nobody_waits_for_it() throws Exception {
        SmallServer leaving = add("a", 1);
        place(waits(batch(1)));
        Future<Optional<Place>> waiting = parks(batch(2));
        fleet.remove(leaving.id());
        assertSentAway(waiting);
        assertSentAway(waits(batch(3)));
    }

    @Test
    @Tag("I16")
    void a_server_that_is_down_is_asked_after_1_2_4_seconds_and_takes_a_job_once_it_answers() throws Exception {
        SmallServer server = add("a", 1);
        place(waits(batch(1))).held(null, Set.of());
        assertThat(health(0)).isEqualTo(Health.UP);
        server.away(true);
        fleet.down(server.id(), AWAY);
        time.advance(Duration.ofSeconds(4)); // asked after 1 s and after 3 s, in vain
        assertThat(fleet.status().get(0).toString()).contains("down", "Nobody answers at http://a");
        server.away(false);
        time.advance(Duration.ofMillis(2999));
        assertThat(health(0)).isEqualTo(Health.DOWN);
        time.advance(Duration.ofMillis(1));
        assertThat(health(0)).isEqualTo(Health.UP);
        assertThat(time.waiting()).isZero();
    }

    @Test
    @Tag("I16")
    void a_server_is_asked_again_although_no_thread_was_free_to_ask_it() throws Exception {
        SmallServer server = add("a", 1);
        add("b", 1);
        fleet.down(server.id(), AWAY);
        probesFull.set(true);
        time.advance(Duration.ofSeconds(1));
        probesFull.set(false);
        time.advance(Duration.ofSeconds(2));
        assertThat(health(0)).isEqualTo(Health.UP);
    }

    @Test
    void a_server_that_goes_and_comes_many_times_is_asked_by_one_series_of_questions() {
        SmallServer server = add("a", 1);
        for (int i = 0; i < 5; i++) {
            fleet.down(server.id(), AWAY);
            assertThat(fleet.askAgain()).isTrue();
        }
        server.away(true);
        fleet.down(server.id(), AWAY);
        time.advance(Duration.ofSeconds(20));
        assertThat(time.waiting()).isEqualTo(1);
    }

    @Test
    void work_that_a_server_takes_while_it_counts_as_down_brings_it_back_for_those_who_wait() throws Exception {
        SmallServer server = add("a", 2);
        Place first = place(waits(batch(1)));
        first.held(null, Set.of());
        fleet.down(server.id(), AWAY);
        Future<Optional<Place>> waiting = parks(batch(2));
        first.held(null, Set.of());
        place(waiting);
    }
}
