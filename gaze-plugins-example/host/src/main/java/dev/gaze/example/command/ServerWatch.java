package dev.gaze.example.command;

import dev.gaze.api.Gaze;
import dev.gaze.api.backend.BackendId;
import dev.gaze.api.backend.BackendStatus;
import dev.gaze.api.backend.RenderServer;
import dev.gaze.api.job.JobState;
import dev.gaze.api.problem.GazeException;
import dev.gaze.example.terminal.LiveLines;
import dev.gaze.example.terminal.Terminal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks every server again and again and shows what it says. Each is asked on a thread of its own, so that one that is slow
 * to answer keeps nobody else's line from changing.
 */
final class ServerWatch {
    static final String UP = "up";

    private final Gaze gaze;
    private final Duration pause;
    private final LiveLines lines;
    private final Map<BackendId, String> answers = new ConcurrentHashMap<>();
    private final CountDownLatch over = new CountDownLatch(1);

    /**
     * A watch that has not begun.
     *
     * @param pause how long a server is left alone after it answered
     */
    ServerWatch(Gaze gaze, Terminal terminal, Duration pause) {
        this.gaze = gaze;
        this.pause = pause;
        lines = new LiveLines(terminal);
    }

    /**
     * Watches.
     *
     * @param time how long; null until somebody stops this process
     * @return whether all servers are there at the end
     */
    boolean watch(@Nullable Duration time) {
        List<RenderServer> servers = gaze.servers();
        ExecutorService asking = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "ask a server");
            thread.setDaemon(true);
            return thread;
        });
        try (OnExit exit = OnExit.call("end of watch", () -> {
            end();
            gaze.close();
        })) {
            show();
            servers.forEach(server -> asking.execute(() -> follow(server)));
            await(time);
        } finally {
            end();
            asking.shutdownNow();
        }
        return servers.stream().allMatch(server -> UP.equals(answers.get(server.id())));
    }

    /** Ends the watch. Nothing is shown any more when this returns, so that the library may be closed. */
    synchronized void end() {
        over.countDown();
    }

    private void await(@Nullable Duration time) {
        try {
            if (time == null) {
                over.await();
            } else {
                over.await(time.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(RenderServer server) {
        try {
            do {
                answers.put(server.id(), answer(server));
                show();
            } while (!over.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    static String answer(RenderServer server) {
        try {
            server.probe();
            return UP;
        } catch (GazeException absent) {
            return "down: " + absent.problems().get(0).what();
        }
    }

    private synchronized void show() {
        if (over.getCount() == 0) {
            return;
        }
        List<String> now = new ArrayList<>();
        for (BackendStatus server : gaze.backends().list()) {
            String answer = answers.getOrDefault(server.id(), "is asked");
            now.add(server.id() + "  " + (answer.equals(UP) ? UP + work(server) : answer));
        }
        Map<JobState, Long> jobs = gaze.jobs().counts();
        now.add("jobs  %d running, %d queued%s"
                .formatted(
                        jobs.getOrDefault(JobState.RUNNING, 0L),
                        jobs.getOrDefault(JobState.QUEUED, 0L),
                        gaze.jobs().paused() ? ", paused: nothing is sent until `resume`" : ""));
        lines.show(now);
    }

    private static String work(BackendStatus server) {
        return ", %d of %d busy%s"
                .formatted(
                        server.busy(),
                        server.slots(),
                        server.checkpoint() == null ? "" : ", holds " + server.checkpoint());
    }
}
