package dev.gaze.comfy.client;

import dev.gaze.api.backend.ServerSettings;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.time.Deadlines;
import dev.gaze.api.time.Time;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what became of runs of which the socket says too little: those that wait, that have fallen silent, that were
 * posted without a socket, or that are being cancelled.
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
        try {
            http.background(this::judge);
        } catch (RuntimeException | Error noThread) {
            synchronized (this) {
                looking = false; // or nobody would ever look again
            }
            throw noThread;
        }
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
            boolean urgent = deaf || all.stream().anyMatch(run -> run.urgent(now, limits));
            due = (urgent || !now.isBefore(next)) && all.stream().anyMatch(run -> wanted(run, now));
        }
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
        return run.wantsJudge(now, reachable, TICK, limits);
    }

    private void judge() {
        boolean once = true;
        while (once) {
            try {
                judge(time.now());
            } catch (RuntimeException | Error failure) {
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
            if (wanted(run, now) && !(run.closing() && answered(run, now, () -> inHistory(run, now)))) {
                asked.add(run);
            }
        }
        if (asked.isEmpty()) {
            return;
        }
        FrameSocket.Connection connection = socket.current();
        QueueState queue;
        try {
            queue = client.queue();
        } catch (RuntimeException unanswered) {
            asked.forEach(run -> isUnanswered(run, now, unanswered));
            return;
        }
        boolean deaf = false;
        for (ComfyRun run : asked) {
            deaf |= answered(run, now, () -> look(run, queue, connection, now));
        }
        if (deaf && connection != null) {
            socket.renew(connection);
        }
    }

    /** Looks after one run; true when the socket should have told and did not. */
    private boolean look(ComfyRun run, QueueState queue, FrameSocket.@Nullable Connection connection, Instant now) {
        Whereabouts where = Whereabouts.of(run.key(), queue, client);
        boolean deaf = where instanceof Whereabouts.Over && run.missedByTheSocket(now, limits.silence());
        deaf |= where instanceof Whereabouts.Running
                && connection != null
                && connection.suspect(now, limits.silence())
                && run.silent(now, limits.silence());
        run.found(where, now, limits);
        if (run.cancelled() && where instanceof Whereabouts.Running) {
            client.interrupt(run.key()); // the first one is lost when the prompt was just starting
        } else if (run.cancelled() && where instanceof Whereabouts.Waiting) {
            client.deleteQueued(List.of(run.key()));
        }
        return deaf;
    }

    private boolean inHistory(ComfyRun run, Instant now) {
        Optional<HistoryEntry> entry = client.history(run.key());
        entry.ifPresent(told -> run.found(new Whereabouts.Over(told), now, limits));
        return entry.isPresent();
    }

    /** What a question tells; false when it is not answered, which is held against the run it was about alone. */
    private boolean answered(ComfyRun run, Instant now, BooleanSupplier question) {
        try {
            return question.getAsBoolean();
        } catch (RuntimeException unanswered) {
            isUnanswered(run, now, unanswered);
            return false;
        }
    }

    /** A server that starts again within the answer limit may still know its prompts; later is too late. */
    private void isUnanswered(ComfyRun run, Instant now, RuntimeException unanswered) {
        if (unanswered instanceof GazeException told) {
            LOG.log(Level.DEBUG, () -> "Nothing can be learnt of " + run + ": " + told.getMessage());
            run.isUnanswered(told.problems().get(0), now, limits.answer());
        } else { // a fault of ours; the run must come to an end all the same
            LOG.log(Level.ERROR, "An answer about " + run + " could not be dealt with", unanswered);
            run.isUnanswered(Problem.of("An answer could not be dealt with: " + unanswered), now, limits.answer());
        }
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
