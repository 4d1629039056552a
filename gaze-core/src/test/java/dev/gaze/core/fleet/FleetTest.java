package dev.gaze.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.backend.BackendId;
import dev.gaze.api.job.JobId;
import dev.gaze.api.job.Priority;
import dev.gaze.core.small.SmallServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who gets a place on a server, and who stops waiting for one. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Tag("D66")
class FleetTest extends FleetTesting {
    // Places ---------------------------------------------------------------------------------------------------------

    @Test
    void a_place_that_becomes_free_goes_to_who_waits_and_is_freed_once_only() throws Exception {
        add("a", 1);
        Place first = place(waits(batch(1)));
        Future<Optional<Place>> second = parks(batch(2));
        Future<Optional<Place>> third = parks(batch(3));
        first.close();
        first.close();
        place(second);
        assertThat(third.isDone()).isFalse();
        assertThat(fleet.status().get(0).busy()).isEqualTo(1);
    }

    @Test
    void two_servers_that_are_free_at_once_do_not_load_the_same_checkpoint_while_another_is_wanted() throws Exception {
        add("a", 1);
        add("b", 1);
        fleet.pause(true);
        parks(job(1, Priority.BATCH, "wanted", any -> true));
        parks(job(2, Priority.BATCH, "wanted", any -> true));
        Future<Optional<Place>> other = parks(job(3, Priority.BATCH, "other", any -> true));
        fleet.pause(false);
        place(other);
        assertThat(fleet.parked()).isEqualTo(1);
    }

    @Test
    void an_urgent_job_is_not_kept_waiting_by_a_batch_that_has_waited_for_an_hour() throws Exception {
        add("a", 1);
        Place running = place(waits(batch(1)));
        Future<Optional<Place>> old = parks(batch(2));
        Future<Optional<Place>> older = parks(batch(3));
        time.advance(Duration.ofHours(1));
        Future<Optional<Place>> urgent = parks(job(4, Priority.INTERACTIVE, null, any -> true));
        running.close();
        place(old).close(); // one in a minute, so that a batch does not starve
        place(urgent).close();
        place(older).close();
    }

    @Test
    void a_job_left_to_a_busy_server_is_taken_by_a_free_one_once_it_has_waited_too_long() throws Exception {
        add("a", 1);
        add("b", 1);
        teach("a", "held by a");
        teach("b", "held by b");
        Place busy = place(waits(job(20, Priority.BATCH, "held by b", any -> true)));
        busy.held("held by b", Set.of());
        Future<Optional<Place>> left = parks(job(21, Priority.BATCH, "held by b", any -> true));
        time.advance(Duration.ofSeconds(59));
        assertThat(left.isDone()).isFalse();
        time.advance(Duration.ofSeconds(1));
        assertThat(place(left).member().id()).isEqualTo(new BackendId("a"));
    }

    @Test
    void a_job_left_to_a_server_that_dies_is_taken_by_a_free_one_at_once() throws Exception {
        add("a", 1);
        add("b", 1);
        teach("a", "held by a");
        teach("b", "held by b");
        place(waits(job(20, Priority.BATCH, "held by b", any -> true))).held("held by b", Set.of());
        Future<Optional<Place>> left = parks(job(21, Priority.BATCH, "held by b", any -> true));
        fleet.down(new BackendId("b"), AWAY);
        assertThat(place(left).member().id()).isEqualTo(new BackendId("a"));
    }

    /** Shows the fleet that this server takes 1 s for a job and 10 s for loading. */
    private void teach(String server, String checkpoint) throws Exception {
        for (int span : List.of(11, 1)) {
            Place place = place(waits(job(
                    10 + span,
                    Priority.BATCH,
                    checkpoint,
                    one -> one.id().name().equals(server))));
            place.held(checkpoint, Set.of());
            time.advance(Duration.ofSeconds(span));
            place.close();
        }
    }

    @Test
    void a_fault_in_what_a_job_says_of_itself_is_told_to_it_alone() throws Exception {
        add("a", 1);
        Place running = place(waits(batch(1)));
        AtomicBoolean broken = new AtomicBoolean();
        Future<Optional<Place>> faulty = parks(job(2, Priority.BATCH, null, any -> {
            if (broken.get()) {
                throw new IllegalStateException("broken");
            }
            return true;
        }));
        Future<Optional<Place>> sound = parks(batch(3));
        broken.set(true);
        running.close();
        assertThatThrownBy(() -> faulty.get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("broken");
        place(sound);
    }

    // Leaving off ----------------------------------------------------------------------------------------------------

    @Test
    void a_withdrawn_job_stops_waiting_and_the_others_go_on() throws Exception {
        add("a", 1);
        Place running = place(waits(batch(1)));
        Future<Optional<Place>> withdrawn = parks(batch(2));
        Future<Optional<Place>> other = parks(batch(3));
        fleet.withdraw(batch(2).id());
        assertSentAway(withdrawn);
        running.close();
        place(other);
    }

    @Test
    void a_thread_that_is_interrupted_leaves_no_place_taken() throws Exception {
        add("a", 1);
        Place running = place(waits(batch(1)));
        Future<Optional<Place>> interrupted = parks(batch(2));
        interrupted.cancel(true);
        running.close();
        place(waits(batch(3))).close();
        until(() -> fleet.status().get(0).busy() == 0 && fleet.parked() == 0);
    }

    @Test
    void room_is_made_by_the_least_urgent_and_youngest() throws Exception {
        add("a", 1);
        place(waits(batch(1)));
        Future<Optional<Place>> urgent = parks(job(2, Priority.INTERACTIVE, null, any -> true));
        Future<Optional<Place>> older = parks(batch(3));
        Future<Optional<Place>> younger = parks(batch(4));
        assertThat(fleet.sendAway(Priority.INTERACTIVE, 1)).containsExactly(batch(4).id());
        assertSentAway(younger);
        assertThat(fleet.sendAway(Priority.INTERACTIVE, 5)).containsExactly(batch(3).id());
        assertSentAway(older);
        assertThat(urgent.isDone()).isFalse();
    }

    @Test
    void closing_wakes_everybody_and_nobody_waits_afterwards() throws Exception {
        add("a", 1);
        place(waits(batch(1)));
        List<Future<Optional<Place>>> waiting = List.of(parks(batch(2)), parks(batch(3)), parks(batch(4)));
        fleet.close();
        for (Future<Optional<Place>> one : waiting) {
            assertSentAway(one);
        }
        assertSentAway(waits(batch(5)));
    }

    @Test
    void a_pause_holds_all_places_back_and_its_end_gives_them() throws Exception {
        add("a", 1);
        fleet.pause(true);
        Future<Optional<Place>> first = parks(batch(1));
        Future<Optional<Place>> second = parks(batch(2));
        fleet.reprioritise(batch(2).id(), Priority.INTERACTIVE);
        assertThat(first.isDone()).isFalse();
        fleet.pause(false);
        place(second).close();
        place(first).close();
    }

    // All at once ----------------------------------------------------------------------------------------------------

    static IntStream seeds() {
        return IntStream.range(0, 40);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatever_happens_no_server_has_more_than_its_slots_and_every_job_gets_its_turn(int seed) throws Exception {
        Random random = new Random(seed);
        Map<SmallServer, Integer> slots = new ConcurrentHashMap<>();
        Map<Object, AtomicInteger> running = new ConcurrentHashMap<>();
        AtomicInteger tooMany = new AtomicInteger();
        for (String name : List.of("a", "b", "c")) {
            int places = 1 + random.nextInt(3);
            slots.put(add(name, places), places);
        }
        List<Future<?>> jobs = new ArrayList<>();
        for (int number = 0; number < 40; number++) {
            Candidate job =
                    job(number, new Priority(random.nextInt(3)), "checkpoint " + random.nextInt(3), any -> true);
            jobs.add(threads.submit(() -> {
                Optional<Place> place = Optional.empty();
                while (place.isEmpty()) {
                    place = fleet.await(job);
                }
                try (Place mine = place.get()) {
                    Object server = mine.member().server();
                    AtomicInteger now = running.computeIfAbsent(server, any -> new AtomicInteger());
                    if (now.incrementAndGet() > slots.get(server)) {
                        tooMany.incrementAndGet();
                    }
                    mine.held(job.checkpoint(), Set.of());
                    now.decrementAndGet();
                }
                return null;
            }));
        }
        for (int i = 0; i < 200; i++) {
            JobId any = new JobId(new UUID(0, random.nextInt(40)));
            switch (random.nextInt(7)) {
                case 0 -> fleet.pause(random.nextBoolean());
                case 1 -> fleet.withdraw(any);
                case 2 -> fleet.reprioritise(any, new Priority(random.nextInt(3)));
                case 3 -> fleet.sendAway(new Priority(2), 3);
                case 4 -> fleet.down(new BackendId("a"), AWAY);
                case 5 -> {
                    SmallServer again = new SmallServer("b", Runnable::run);
                    int places = 1 + random.nextInt(3);
                    slots.put(again, places);
                    fleet.remove(again.id());
                    fleet.add(again, places);
                }
                default -> time.advance(Duration.ofSeconds(random.nextInt(3)));
            }
        }
        fleet.pause(false);
        for (Future<?> job : jobs) {
            job.get(20, TimeUnit.SECONDS);
        }
        assertThat(tooMany).hasValue(0);
        assertThat(fleet.parked()).isZero();
        assertThat(fleet.status()).allSatisfy(one -> assertThat(one.busy()).isZero());
        slots.keySet().stream()
                .filter(server -> fleet.members().stream().noneMatch(member -> member.server() == server))
                .forEach(server -> assertThat(server.isClosed()).isTrue());
    }

    @Test
    void a_place_is_taken_without_waiting_only_when_one_is_free_and_nobody_waits() throws Exception {
        assertThat(fleet.take(batch(1))).isEmpty();
        add("a", 1);

        Place taken = fleet.take(batch(2)).orElseThrow();
        assertThat(fleet.take(batch(3))).isEmpty();
        assertThat(fleet.parked()).isZero();
        Future<Optional<Place>> waiting = parks(batch(4));
        taken.close();
        place(waiting).close();

        fleet.pause(true);
        assertThat(fleet.take(batch(5))).isEmpty();
        fleet.pause(false);
        assertThat(fleet.take(job(6, Priority.BATCH, null, any -> false))).isEmpty();
        assertThat(fleet.take(batch(7))).isPresent();
    }
}
