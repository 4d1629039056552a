package dev.gaze.core.job;

import dev.gaze.api.asset.Page;
import dev.gaze.api.backend.RenderServer;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.job.Job;
import dev.gaze.api.job.JobId;
import dev.gaze.api.job.JobState;
import dev.gaze.api.job.Jobs;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * The jobs of an open library. One worker thread for each server starts with the first job; closing stops what runs,
 * tells every job its end, and ends the threads. Safe for use by several threads.
 */
public final class JobRunner implements Jobs, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(JobRunner.class.getName());
    /** Real time, as closing must end even while nobody moves a clock of tests. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final List<KnownServer> servers;
    private final Workshop workshop;
    private final Duration keepFor;
    private final Wiring wiring;
    private final JobShelf shelf;
    private final JobQueue queue = new JobQueue();
    private final List<Thread> workers = new ArrayList<>();
    private boolean closed;

    /**
     * Jobs for some servers. No thread starts before the first job.
     *
     * @param servers the servers; closed with this
     * @param workshop what jobs are made with
     * @param keep how many ended jobs are remembered
     * @param keepFor how long an ended job is remembered
     */
    public JobRunner(List<RenderServer> servers, Workshop workshop, int keep, Duration keepFor) {
        this.servers = servers.stream().map(KnownServer::new).toList();
        this.workshop = workshop;
        this.keepFor = keepFor;
        wiring = new Wiring(workshop.wirer(), this.servers);
        shelf = new JobShelf(keep);
    }

    @Override
    public Job submit(GenerationRequest request) {
        requireServer();
        JobId id = new JobId(UUID.randomUUID()); // unique for ever, so never from a source that can be seeded
        Prepared prepared = workshop.prepare().apply(request).withFilePrefix(filePrefix(id));
        List<Problem> warnings = wiring.judge(prepared);
        LiveJob job = new LiveJob(id, prepared, warnings, workshop.time(), workshop.callbacks(), queue::left);
        startWorkers();
        shelf.put(job);
        if (!queue.add(job)) {
            shelf.remove(job);
            throw closed();
        }
        return job;
    }

    /** A folder of its own for every day and job: ComfyUI lists the whole folder whenever it saves. */
    private String filePrefix(JobId id) {
        return "gaze/%s/%s/img"
                .formatted(workshop.time().now().atZone(ZoneOffset.UTC).toLocalDate(), id);
    }

    @Override
    public Optional<Job> find(JobId id) {
        return shelf.find(id).map(job -> job);
    }

    @Override
    public Job get(JobId id) {
        return live(id);
    }

    private LiveJob live(JobId id) {
        return shelf.find(id)
                .orElseThrow(() -> new GazeException(
                        Kind.NOT_FOUND,
                        Problem.of("There is no job " + id)
                                .fix("jobs are known while the library is open, and are forgotten some time after"
                                        + " their end; their images stay")));
    }

    @Override
    public Page<Job> list(Set<JobState> states, int offset, int limit) {
        if (offset < 0 || limit < 1) {
            throw new IllegalArgumentException(
                    "Offset must be 0 or more and limit 1 or more, got %d and %d".formatted(offset, limit));
        }
        return shelf.list(states, offset, limit);
    }

    @Override
    public boolean cancel(JobId id) {
        return live(id).cancel();
    }

    @Override
    public void cancelIfQueued(JobId id) {
        LiveJob job = live(id);
        if (job.isEnded()) {
            throw new GazeException(Kind.NOT_FOUND, Problem.of("Job %s has already ended".formatted(id)));
        }
        job.cancelIfQueued();
    }

    @Override
    public int prune(Duration age) {
        if (age.isNegative()) {
            throw new IllegalArgumentException("An age must not be negative, got " + age);
        }
        Instant now = workshop.time().now();
        return shelf.prune(age.compareTo(Duration.between(Instant.EPOCH, now)) > 0 ? Instant.EPOCH : now.minus(age));
    }

    private void requireServer() {
        if (servers.isEmpty()) {
            throw new GazeException(
                    Kind.UNAVAILABLE,
                    Problem.of("No installed plugin can connect to a server")
                            .fix("put dev.gaze:gaze-comfy beside gaze-core"));
        }
    }

    private synchronized void startWorkers() {
        if (closed) {
            throw closed();
        }
        if (workers.isEmpty()) {
            for (KnownServer server : servers) {
                Thread worker = new Thread(
                        new ServerWorker(server, wiring, queue, workshop, () -> prune(keepFor)),
                        "gaze-worker-" + server.id());
                worker.setDaemon(true);
                worker.start();
                workers.add(worker);
            }
        }
    }

    private static IllegalStateException closed() {
        return new IllegalStateException("This library is closed");
    }

    // Closing --------------------------------------------------------------------------------------------------------

    /** Stops what waits and runs, closes the servers, and ends the threads. May be called more than once. */
    @Override
    public void close() {
        List<Thread> threads;
        synchronized (this) {
            closed = true;
            threads = List.copyOf(workers);
        }
        Problem why = Problem.of("The library was closed");
        queue.close();
        shelf.notEnded().forEach(job -> job.cancel(why));
        join(threads);
        servers.forEach(JobRunner::close); // tells a run whose server never answered that it is lost on our side
        join(threads);
        threads.forEach(Thread::interrupt);
        join(threads);
        shelf.notEnded().forEach(job -> job.end(new Ending.Cancelled(why)));
    }

    private static void close(KnownServer server) {
        try {
            server.server().close();
        } catch (RuntimeException failure) {
            LOG.log(Level.WARNING, "Closing the connection to " + server.id() + " failed", failure);
        }
    }

    private static void join(List<Thread> threads) {
        long end = System.nanoTime() + GRACE.toNanos();
        for (Thread thread : threads) {
            try {
                if (thread != Thread.currentThread()) {
                    thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
                }
            } catch (InterruptedException hurry) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
