package dev.gaze.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.backend.BackendStatus.Health;
import dev.gaze.api.job.JobId;
import dev.gaze.api.job.Priority;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.small.SmallServer;
import dev.gaze.testkit.ManualTime;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** The live fleet: real threads wait for places, time moves when told. */
@Timeout(60)
abstract class FleetTesting {
    static final Problem AWAY = Problem.of("It does not answer");

    final ManualTime time = new ManualTime();
    final ExecutorService threads = Executors.newCachedThreadPool();
    final AtomicBoolean probesFull = new AtomicBoolean();
    final Fleet fleet = new Fleet(time, Duration.ofMinutes(1), this::probe);

    private void probe(Runnable work) {
        if (probesFull.get()) {
            throw new RejectedExecutionException("all threads ask other servers");
        }
        work.run();
    }

    @AfterEach
    void end() {
        fleet.close();
        threads.shutdownNow();
    }

    SmallServer add(String name, int slots) {
        SmallServer server = new SmallServer(name, Runnable::run);
        fleet.add(server, slots);
        return server;
    }

    Candidate job(int number, Priority priority, @Nullable String checkpoint, Predicate<Member> accepts) {
        JobId id = new JobId(new UUID(0, number));
        return new Candidate(id, priority, number, checkpoint, Set.of(), accepts, () -> true, time.now());
    }

    Candidate batch(int number) {
        return job(number, Priority.BATCH, null, any -> true);
    }

    Future<Optional<Place>> waits(Candidate job) {
        return threads.submit(() -> fleet.await(job));
    }

    Future<Optional<Place>> parks(Candidate job) {
        int before = fleet.parked();
        Future<Optional<Place>> waiting = waits(job);
        until(() -> fleet.parked() == before + 1);
        return waiting;
    }

    static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    static Place place(Future<Optional<Place>> waiting) throws Exception {
        return waiting.get(20, TimeUnit.SECONDS).orElseThrow();
    }

    static void assertSentAway(Future<Optional<Place>> waiting) throws Exception {
        assertThat(waiting.get(20, TimeUnit.SECONDS)).isEmpty();
    }

    Health health(int server) {
        return fleet.status().get(server).health();
    }
}
