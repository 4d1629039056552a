package dev.gaze.comfy.client;

import dev.gaze.api.backend.ServerSettings;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.time.Time;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what became of runs of which the socket says too little: those that wait, that have fallen silent, that were
 * posted without a socket, or that are being cancelled. It asks the queue first and history second; the server moves a
 * prompt from one to the other in one step, so a prompt that is in neither is in truth gone.
 *
 * <p>A tick, once a second while anything runs, decides whether to ask. As long as the socket tells everything, it only
 * looks at the clock. While nothing changes, the next look waits longer, up to the silence limit; a change in the queue,
 * which the server tells everybody, makes it look soon.
 */
final class Judge {
    private static final System.Logger LOG = System.getLogger(Judge.class.getName());
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration POLL = Duration.ofMillis(250);

    private final ComfyClient client;
    private final Supplier<Collection<ComfyRun>> runs;
    private final FrameSocket socket;
    private final Http http;
    private final Deadlines deadlines;
    private final Time time;
    private final ServerSettings.Limits limits;

    private boolean ticking;
    private boolean looking;
    private boolean again;
    private Instant next = Instant.MIN;
    private Duration pause = TICK;
    private @Nullable Instant away;

    Judge(
            ComfyClient client,
            Supplier<Collection<ComfyRun>> runs,
            FrameSocket socket,
            Http http,
            Deadlines deadlines,
            Time time,
            ServerSettings.Limits limits) {
        this.client = client;
        this.runs = runs;
        this.socket = socket;
        this.http = http;
        this.deadlines = deadlines;
        this.time = time;
        this.limits = limits;
    }

    /** A run began; ticks until none is left. */
    synchronized void watch() {
        if (!ticking) {
            ticking = true;
            deadlines.in(socket.current() == null ? POLL : TICK, this::tick);
        }
    }

    /** The queue changed: whoever waits there may have moved. */
    synchronized void stir() {
        pause = TICK;
        Instant soon = time.now().plus(TICK);
        if (next.isAfter(soon)) {
            next = soon;
        }
    }

    /** Looks now, or once more when a look is under way. */
    void look() {
        synchronized (this) {
            if (looking) {
                again = true;
                return;
            }
            looking = true;
        }
        http.background(this::judge);
    }

    private void tick() {
        Instant now = time.now();
        Collection<ComfyRun> all = runs.get();
        boolean deaf = socket.current() == null;
        boolean due;
        synchronized (this) {
            if (all.isEmpty()) {
                ticking = false;
                return;
            }
            deadlines.in(deaf ? POLL : TICK, this::tick);
            boolean urgent = deaf || all.stream().anyMatch(ComfyRun::urgent);
            due = (urgent || !now.isBefore(next)) && all.stream().anyMatch(run -> wanted(run, now));
        }
        all.forEach(run -> run.checkLimits(now, limits.queued(), limits.running()));
        if (deaf) {
            socket.reconnect();
        }
        if (due) {
            look();
        }
    }

    private boolean wanted(ComfyRun run, Instant now) {
        FrameSocket.Connection connection = socket.current();
        boolean reachable = connection != null && connection.name().equals(run.client());
        return run.wantsJudge(now, reachable, TICK, limits.silence());
    }

    private void judge() {
        boolean once = true;
        while (once) {
            try {
                judge(time.now());
                back();
            } catch (GazeException unanswered) {
                isAway(unanswered);
            } catch (RuntimeException | LinkageError failure) {
                LOG.log(Level.ERROR, "Runs could not be looked after; the next look comes", failure);
            }
            synchronized (this) {
                next = time.now().plus(pause);
                pause = min(pause.multipliedBy(2), limits.silence());
                once = again;
                again = false;
                looking = once;
            }
        }
    }

    private void judge(Instant now) {
        List<ComfyRun> asked = new ArrayList<>();
        for (ComfyRun run : runs.get()) {
            if (wanted(run, now) && !(run.closing() && inHistory(run))) {
                asked.add(run);
            }
        }
        if (asked.isEmpty()) {
            return;
        }
        FrameSocket.Connection connection = socket.current();
        boolean deaf = false;
        QueueState queue = client.queue();
        for (ComfyRun run : asked) {
            OptionalInt position = queue.position(run.key());
            if (queue.isRunning(run.key())) {
                deaf |= connection != null
                        && connection.suspect(now, limits.silence())
                        && run.silent(now, limits.silence());
                run.isRunning(now);
                if (run.cancelled()) {
                    client.interrupt(run.key()); // the first one is lost when the prompt was just starting
                }
            } else if (position.isPresent()) {
                run.isQueued(position.getAsInt(), queue.running().isEmpty(), now, limits.silence());
                if (run.cancelled()) {
                    client.deleteQueued(List.of(run.key()));
                }
            } else if (inHistory(run)) {
                deaf |= run.missedByTheSocket(now, limits.silence());
            } else {
                run.isAbsent();
            }
        }
        if (deaf && connection != null) {
            socket.renew(connection);
        }
    }

    private boolean inHistory(ComfyRun run) {
        Optional<HistoryEntry> entry = client.history(run.key());
        entry.ifPresent(run::judged);
        return entry.isPresent();
    }

    private synchronized void back() {
        away = null;
    }

    /** Nobody answers. A server that starts again within the answer limit may still know its prompts; later is too late. */
    private void isAway(GazeException unanswered) {
        Instant now = time.now();
        Instant since;
        synchronized (this) {
            since = away == null ? now : away;
            away = since;
        }
        LOG.log(Level.DEBUG, () -> "Queue and history cannot be asked: " + unanswered.getMessage());
        if (!since.plus(limits.answer()).isAfter(now)) {
            Problem problem = Problem.of(
                            "The server has not answered for %d s; whether the prompt was made cannot be told"
                                    .formatted(Duration.between(since, now).toSeconds()))
                    .at(http.server())
                    .fix(unanswered.problems().get(0).fix());
            for (ComfyRun run : runs.get()) {
                if (wanted(run, now)) {
                    run.lost(problem);
                }
            }
        }
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
