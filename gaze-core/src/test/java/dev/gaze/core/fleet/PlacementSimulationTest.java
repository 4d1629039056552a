package dev.gaze.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.backend.BackendId;
import dev.gaze.api.job.JobId;
import dev.gaze.api.job.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rule of placement over whole days of work, on a clock that jumps from one event to the next. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Tag("D66")
class PlacementSimulationTest {
    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
    private static final Duration RUN = Duration.ofMillis(400);
    private static final Duration SWAP = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    static IntStream seeds() {
        return IntStream.range(0, 60);
    }

    private static final class Machine {
        private final BackendId id;
        private @Nullable String checkpoint;
        private @Nullable Duration swap;
        private @Nullable Duration run;
        private boolean busy;

        Machine(BackendId id) {
            this.id = id;
        }
    }

    private record Over(Instant at, Machine machine, boolean swapped) {}

    /** What a run of the simulation came to. */
    private record Outcome(Duration wall, Duration longestWait, int loads) {}

    private static Outcome simulate(List<Placement.Waiting> jobs, int servers) {
        Placement placement = new Placement(PATIENCE);
        Map<BackendId, Machine> machines = new LinkedHashMap<>();
        for (int i = 0; i < servers; i++) {
            Machine machine = new Machine(new BackendId("server " + i));
            machines.put(machine.id, machine);
        }
        List<Placement.Waiting> waiting = new ArrayList<>(jobs.stream()
                .map(job -> new Placement.Waiting(
                        job.id(),
                        job.priority(),
                        job.number(),
                        job.checkpoint(),
                        job.loras(),
                        job.since(),
                        machines.keySet()))
                .toList());
        PriorityQueue<Over> events = new PriorityQueue<>(Comparator.comparing(Over::at));
        Instant now = START;
        Duration longest = Duration.ZERO;
        int loads = 0;
        Instant favour = Instant.MIN;
        while (true) {
            Optional<Placement.Choice> next = choose(placement, waiting, machines, favour, now);
            while (next.isPresent()) {
                Placement.Choice choice = next.get();
                Placement.Waiting job = waiting.stream()
                        .filter(one -> one.id().equals(choice.job()))
                        .findFirst()
                        .orElseThrow();
                waiting.remove(job);
                favour = choice.favoured() ? now : favour;
                Machine machine = machines.get(choice.server());
                assertThat(machine.busy).isFalse();
                boolean swapped = !job.checkpoint().equals(machine.checkpoint);
                loads += swapped ? 1 : 0;
                machine.busy = true;
                machine.checkpoint = job.checkpoint();
                events.add(new Over(now.plus(RUN).plus(swapped ? SWAP : Duration.ZERO), machine, swapped));
                Duration waited = Duration.between(job.since(), now);
                longest = waited.compareTo(longest) > 0 ? waited : longest;
                next = choose(placement, waiting, machines, favour, now);
            }
            Over over = events.poll();
            if (over == null) {
                assertThat(waiting).as("jobs that never got a place").isEmpty();
                return new Outcome(Duration.between(START, now), longest, loads);
            }
            now = over.at;
            over.machine.busy = false;
            if (over.swapped) {
                over.machine.swap = SWAP;
            } else {
                over.machine.run = RUN;
            }
        }
    }

    private static Optional<Placement.Choice> choose(
            Placement placement,
            List<Placement.Waiting> waiting,
            Map<BackendId, Machine> machines,
            Instant favour,
            Instant now) {
        Set<BackendId> free = new HashSet<>();
        List<Placement.Server> servers = new ArrayList<>();
        machines.values().forEach(machine -> {
            servers.add(new Placement.Server(machine.id, machine.checkpoint, Set.of(), 1, machine.run, machine.swap));
            if (!machine.busy) {
                free.add(machine.id);
            }
        });
        return free.isEmpty() ? Optional.empty() : placement.next(waiting, servers, free, favour, now);
    }

    private static List<Placement.Waiting> jobs(int count, int checkpoints, Random random) {
        return IntStream.range(0, count)
                .mapToObj(number -> new Placement.Waiting(
                        new JobId(new UUID(1, number)),
                        Priority.BATCH,
                        number,
                        "checkpoint " + random.nextInt(checkpoints),
                        Set.of(),
                        START,
                        Set.of()))
                .toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void two_hundred_jobs_with_six_checkpoints_take_little_more_than_they_must(int seed) {
        List<Placement.Waiting> jobs = jobs(200, 6, new Random(seed));
        Map<String, Long> counts = jobs.stream()
                .collect(Collectors.groupingBy(Placement.Waiting::checkpoint, HashMap::new, Collectors.counting()));
        double work = 200 * RUN.toMillis() + counts.size() * SWAP.toMillis();
        double chain = SWAP.toMillis() + RUN.toMillis(); // a single job and its load: any group may be divided

        Outcome outcome = simulate(jobs, 4);

        assertThat(outcome.wall.toMillis()).isLessThanOrEqualTo((long) (1.15 * Math.max(work / 4, chain)));
        assertThat(outcome.longestWait).isLessThanOrEqualTo(PATIENCE.plus(RUN).plus(SWAP));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void with_one_checkpoint_all_servers_work_all_the_time(int seed) {
        Outcome outcome = simulate(jobs(100, 1, new Random(seed)), 4);

        assertThat(outcome.loads).isLessThanOrEqualTo(4);
        assertThat(outcome.wall).isLessThanOrEqualTo(RUN.multipliedBy(25).plus(SWAP));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void nobody_starves_behind_a_checkpoint_that_is_always_wanted(int seed) {
        List<Placement.Waiting> jobs = new ArrayList<>(jobs(400, 1, new Random(seed)));
        jobs.add(new Placement.Waiting(
                new JobId(new UUID(2, 0)), Priority.BATCH, 401, "rare", Set.of(), START, Set.of()));

        Outcome outcome = simulate(jobs, 1);

        assertThat(outcome.wall).isLessThan(RUN.multipliedBy(401).plus(SWAP.multipliedBy(4)));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_batch_of_many_minutes_loads_little_more_often_than_once_a_minute_beyond_what_it_must(int seed) {
        Outcome outcome = simulate(jobs(1000, 6, new Random(seed)), 1);

        long minutes = outcome.wall.toMinutes() + 1;
        assertThat(outcome.loads).isLessThanOrEqualTo((int) (6 + 2 * minutes));
    }
}
