package dev.gaze.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.backend.BackendId;
import dev.gaze.api.job.JobId;
import dev.gaze.api.job.Priority;
import dev.gaze.core.fleet.Placement.Choice;
import dev.gaze.core.fleet.Placement.Server;
import dev.gaze.core.fleet.Placement.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Tag("D66")
class PlacementTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final BackendId A = new BackendId("a");
    private static final BackendId B = new BackendId("b");

    private final Placement placement = new Placement(Duration.ofMinutes(1));

    private static Server server(BackendId id, @Nullable String checkpoint, String... loras) {
        return new Server(id, checkpoint, Set.of(loras), 1, Duration.ofMillis(400), Duration.ofSeconds(2));
    }

    private static Waiting job(int number, Priority priority, @Nullable String checkpoint, Duration age) {
        return new Waiting(
                new JobId(new UUID(0, number)), priority, number, checkpoint, Set.of(), NOW.minus(age), Set.of(A, B));
    }

    private static Waiting batch(int number, String checkpoint) {
        return job(number, Priority.BATCH, checkpoint, Duration.ZERO);
    }

    private static Waiting only(Waiting job, BackendId... suits) {
        return new Waiting(
                job.id(), job.priority(), job.number(), job.checkpoint(), job.loras(), job.since(), Set.of(suits));
    }

    private static Waiting with(Waiting job, String... loras) {
        return new Waiting(
                job.id(), job.priority(), job.number(), job.checkpoint(), Set.of(loras), job.since(), job.suits());
    }

    private Optional<Choice> next(List<Waiting> waiting, List<Server> servers, BackendId... free) {
        return placement.next(waiting, servers, Set.of(free), Instant.MIN, NOW);
    }

    @Test
    void the_most_urgent_job_goes_first_whatever_is_loaded() {
        Waiting urgent = job(2, Priority.INTERACTIVE, "other", Duration.ZERO);
        assertThat(next(List.of(batch(1, "held"), urgent), List.of(server(A, "held")), A))
                .contains(new Choice(urgent.id(), A, false));
    }

    @Test
    void among_equals_a_server_gets_what_it_has_loaded() {
        Waiting suits = batch(2, "held");
        assertThat(next(List.of(batch(1, "other"), suits), List.of(server(A, "held")), A))
                .contains(new Choice(suits.id(), A, false));
    }

    @Test
    void among_those_the_one_whose_loras_are_loaded_goes_first() {
        Waiting suits = with(batch(2, "held"), "rain.safetensors");
        assertThat(next(
                        List.of(with(batch(1, "held"), "sun.safetensors"), suits),
                        List.of(server(A, "held", "rain.safetensors")),
                        A))
                .contains(new Choice(suits.id(), A, false));
    }

    @Test
    void then_the_oldest_goes_first() {
        assertThat(next(List.of(batch(2, "held"), batch(1, "held")), List.of(server(A, "held")), A))
                .contains(new Choice(batch(1, "held").id(), A, false));
    }

    @Test
    void who_has_waited_longer_than_the_patience_goes_before_everybody() {
        Waiting old = job(1, Priority.BATCH, "other", Duration.ofMinutes(2));
        assertThat(next(
                        List.of(job(2, Priority.INTERACTIVE, "held", Duration.ZERO), old),
                        List.of(server(A, "held")),
                        A))
                .contains(new Choice(old.id(), A, true));
    }

    @Test
    void when_a_long_batch_has_grown_old_an_urgent_job_still_goes_before_it() {
        Waiting old = job(1, Priority.BATCH, "held", Duration.ofMinutes(20));
        Waiting urgent = job(2, Priority.INTERACTIVE, "other", Duration.ZERO);
        assertThat(placement.next(
                        List.of(old, urgent), List.of(server(A, "held")), Set.of(A), NOW.minusSeconds(59), NOW))
                .contains(new Choice(urgent.id(), A, false));
    }

    @Test
    void and_what_is_loaded_still_counts() {
        Waiting old = job(1, Priority.BATCH, "other", Duration.ofMinutes(20));
        Waiting suits = job(2, Priority.BATCH, "held", Duration.ofMinutes(10));
        assertThat(placement.next(
                        List.of(old, suits), List.of(server(A, "held")), Set.of(A), NOW.minusSeconds(59), NOW))
                .contains(new Choice(suits.id(), A, false));
        assertThat(placement.next(
                        List.of(old, suits), List.of(server(A, "held")), Set.of(A), NOW.minusSeconds(60), NOW))
                .contains(new Choice(old.id(), A, true));
    }

    @Test
    void what_the_holder_of_a_checkpoint_cannot_make_is_not_left_to_it() {
        Waiting refusedThere = only(batch(2, "busy"), A);
        assertThat(next(List.of(batch(1, "busy"), refusedThere), List.of(server(A, "other"), server(B, "busy")), A))
                .contains(new Choice(refusedThere.id(), A, false));
    }

    @Test
    void a_checkpoint_nobody_holds_is_loaded_before_one_that_another_server_works_on() {
        List<Waiting> waiting = List.of(batch(1, "busy"), batch(2, "busy"), batch(3, "busy"), batch(4, "fresh"));
        assertThat(next(waiting, List.of(server(A, null), server(B, "busy")), A))
                .contains(new Choice(batch(4, "fresh").id(), A, false));
    }

    @Test
    void a_checkpoint_is_not_loaded_for_a_job_its_holder_will_have_made_sooner() {
        assertThat(next(List.of(batch(1, "busy")), List.of(server(A, "other"), server(B, "busy")), A))
                .isEmpty();
    }

    @Test
    void it_is_loaded_when_its_holder_has_more_to_do_than_loading_takes() {
        List<Waiting> many = java.util.stream.IntStream.rangeClosed(1, 20)
                .mapToObj(number -> batch(number, "busy"))
                .toList();
        assertThat(next(many, List.of(server(A, "other"), server(B, "busy")), A))
                .contains(new Choice(many.get(0).id(), A, false));
    }

    @Test
    void a_job_that_only_one_server_can_make_goes_there_and_holds_up_nobody() {
        Waiting picky = only(batch(1, "rare"), B);
        Waiting easy = batch(2, "common");
        List<Server> servers = List.of(server(A, null), server(B, null));
        assertThat(next(List.of(picky, easy), servers, A)).contains(new Choice(easy.id(), A, false));
        assertThat(next(List.of(picky), servers, A)).isEmpty();
        assertThat(next(List.of(picky, easy), servers, B)).map(Choice::job).contains(picky.id());
    }

    @Test
    void a_job_that_names_no_checkpoint_suits_every_server() {
        assertThat(next(List.of(job(1, Priority.BATCH, null, Duration.ZERO)), List.of(server(A, "any")), A))
                .isPresent();
    }
}
