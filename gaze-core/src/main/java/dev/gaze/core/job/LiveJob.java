package dev.gaze.core.job;

import dev.gaze.api.backend.BackendId;
import dev.gaze.api.backend.RenderRun;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.job.Job;
import dev.gaze.api.job.JobEvent;
import dev.gaze.api.job.JobId;
import dev.gaze.api.job.JobResult;
import dev.gaze.api.job.JobState;
import dev.gaze.api.plan.RenderPlan;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One job: where it stands, who listens, and how it ends. Every change goes through one lock; listeners and servers are
 * called outside of it.
 */
final class LiveJob implements Job {
    /** Finer than the state people see: what may still be done with the job. */
    private enum Phase {
        /** In our queue. */
        WAITING,
        /** A worker prepares it, or the server has it in its own queue. */
        HANDED,
        /** The server works on it. */
        WORKING,
        /** Its images are being filed; too late to cancel. */
        FILING,
        /** Over. */
        ENDED
    }

    private final JobId id;
    private final Prepared prepared;
    private final List<Problem> warnings;
    private final Time time;
    private final Executor callbacks;
    private final Consumer<LiveJob> left;
    private final Instant submitted;
    private final Refusals refusals = new Refusals();
    private final Audience audience = new Audience();
    private final Outcome outcome;
    private Phase phase = Phase.WAITING;
    private int position;
    private double progress;
    private @Nullable BackendId backend;
    private @Nullable RenderRun run;
    private @Nullable Problem cancelled;
    private @Nullable Instant ended;

    /**
     * A job that waits.
     *
     * @param warnings what was noticed when it was taken in; no longer true of a picture that was made
     * @param callbacks runs listeners that name no executor
     * @param left told once, outside all locks, when the job no longer waits
     */
    LiveJob(
            JobId id,
            Prepared prepared,
            List<Problem> warnings,
            Time time,
            Executor callbacks,
            Consumer<LiveJob> left) {
        this.id = id;
        this.prepared = prepared;
        this.warnings = List.copyOf(warnings);
        this.time = time;
        this.callbacks = callbacks;
        this.left = left;
        submitted = time.now();
        outcome = new Outcome(time);
    }

    // What everybody may ask -----------------------------------------------------------------------------------------

    @Override
    public JobId id() {
        return id;
    }

    @Override
    public GenerationRequest request() {
        return prepared.request();
    }

    @Override
    public RenderPlan plan() {
        return prepared.plan().warn(warnings);
    }

    @Override
    public Instant submitted() {
        return submitted;
    }

    @Override
    public synchronized JobState state() {
        return switch (phase) {
            case WAITING, HANDED -> JobState.QUEUED;
            case WORKING, FILING -> JobState.RUNNING;
            case ENDED -> Objects.requireNonNull(outcome.known()).state();
        };
    }

    @Override
    public synchronized int position() {
        return isQueued() ? position : 0;
    }

    @Override
    public synchronized double progress() {
        return progress;
    }

    @Override
    public synchronized Optional<Instant> ended() {
        return Optional.ofNullable(ended);
    }

    @Override
    public Optional<JobResult> result() {
        return outcome.known() instanceof Ending.Done done ? Optional.of(done.result()) : Optional.empty();
    }

    @Override
    public Optional<Problem> problem() {
        return outcome.known() instanceof Ending.Failed failed ? Optional.of(failed.problem()) : Optional.empty();
    }

    // Waiting and listening ------------------------------------------------------------------------------------------

    @Override
    public JobResult await(Duration atMost) {
        Ending known;
        try {
            known = outcome.await(atMost);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw timeout("The thread that waited for job %s was interrupted; the job goes on".formatted(id));
        }
        if (known == null) {
            throw timeout("Job %s has not ended within %s; it goes on".formatted(id, atMost));
        }
        return known.resultOrThrow();
    }

    private GazeException timeout(String what) {
        return new GazeException(
                Kind.TIMEOUT,
                Problem.of(what)
                        .fix("it is %s now; wait longer, or cancel it"
                                .formatted(state().name().toLowerCase(Locale.ROOT))));
    }

    @Override
    public CompletionStage<JobResult> completion() {
        return outcome.completion();
    }

    @Override
    public void listen(Consumer<JobEvent> listener) {
        listen(listener, callbacks);
    }

    @Override
    public void listen(Consumer<JobEvent> listener, Executor executor) {
        Delivery delivery = new Delivery(listener, executor);
        synchronized (this) {
            switch (phase) {
                case WAITING, HANDED -> delivery.note(new JobEvent.Queued(id, Math.max(1, position)));
                case WORKING, FILING -> delivery.note(new JobEvent.Started(id, Objects.requireNonNull(backend)));
                case ENDED -> delivery.note(event(Objects.requireNonNull(outcome.known())));
            }
            if (phase != Phase.ENDED) {
                audience.join(delivery);
            }
        }
        delivery.deliver();
    }

    /** Brings noted events to the listeners. Called outside all locks. */
    void deliver() {
        audience.deliver();
    }

    // Cancelling -----------------------------------------------------------------------------------------------------

    @Override
    public boolean cancel() {
        return cancel(Problem.of("Job %s was cancelled".formatted(id)));
    }

    boolean cancel(Problem why) {
        return stop(why, false);
    }

    /** Cancels unless a server works on it (I11). */
    void cancelIfQueued() {
        stop(Problem.of("Job %s was cancelled while it waited".formatted(id)), true);
    }

    private boolean stop(Problem why, boolean onlyQueued) {
        RenderRun running;
        boolean waiting;
        synchronized (this) {
            if (onlyQueued && (phase == Phase.WORKING || phase == Phase.FILING)) {
                throw new GazeException(
                        Kind.CONFLICT,
                        Problem.of("Job %s is running".formatted(id)).fix("cancel() stops it wherever it is"));
            }
            if (phase == Phase.ENDED || phase == Phase.FILING) {
                return false;
            }
            if (cancelled == null) {
                cancelled = why;
            }
            waiting = phase == Phase.WAITING;
            running = run;
        }
        if (waiting && end(new Ending.Cancelled(why))) {
            return true;
        }
        if (running != null) {
            running.cancel();
        }
        return true;
    }

    /** Why it is to be stopped; empty when nobody asked for that. */
    synchronized Optional<Problem> cancelRequested() {
        return Optional.ofNullable(cancelled);
    }

    // What queue and worker do with it -------------------------------------------------------------------------------

    Prepared prepared() {
        return prepared;
    }

    /** Which servers did not take it. */
    Refusals refusals() {
        return refusals;
    }

    private boolean isQueued() {
        return phase == Phase.WAITING || phase == Phase.HANDED;
    }

    synchronized boolean isWaiting() {
        return phase == Phase.WAITING;
    }

    boolean isEnded() {
        return outcome.known() != null;
    }

    /** Takes it out of the queue for a worker; false when it no longer waits. */
    synchronized boolean claim() {
        if (phase != Phase.WAITING) {
            return false;
        }
        phase = Phase.HANDED;
        return true;
    }

    /** Puts it back, for another server; false when it was cancelled meanwhile. */
    synchronized boolean unclaim() {
        if (phase != Phase.HANDED || cancelled != null) {
            return false;
        }
        run = null;
        phase = Phase.WAITING;
        return true;
    }

    /** Notes its place; tells nobody yet. */
    synchronized void moved(int place) {
        if (isQueued() && position != place) {
            position = place;
            audience.note(new JobEvent.Queued(id, place));
        }
    }

    /** Notes the run that makes it, so that it can be cancelled from now on. */
    void running(RenderRun started) {
        boolean stop;
        synchronized (this) {
            run = started;
            stop = cancelled != null;
        }
        if (stop) {
            started.cancel();
        }
    }

    /** A server works on it. Called with every sign of that; only the first counts. */
    void started(BackendId on) {
        synchronized (this) {
            if (phase != Phase.HANDED) {
                return;
            }
            phase = Phase.WORKING;
            backend = on;
            audience.note(new JobEvent.Started(id, on));
        }
        left.accept(this);
        deliver();
    }

    void progressed(int step, int steps, double reached) {
        synchronized (this) {
            if (phase != Phase.WORKING) {
                return;
            }
            progress = Math.max(progress, reached);
            audience.note(new JobEvent.Progressed(id, step, steps));
        }
        deliver();
    }

    void previewed(String mediaType, byte[] bytes) {
        synchronized (this) {
            if (phase != Phase.WORKING) {
                return;
            }
            audience.note(new JobEvent.Previewed(id, mediaType, bytes));
        }
        deliver();
    }

    /** From here on the job will have its image; false when somebody asked to stop it before. */
    synchronized boolean beginFiling() {
        if (cancelled != null || phase != Phase.WORKING) {
            return false;
        }
        phase = Phase.FILING;
        return true;
    }

    /** Ends it; false when it had ended before, so that there is one end only. */
    boolean end(Ending how) {
        synchronized (this) {
            if (phase == Phase.ENDED) {
                return false;
            }
            phase = Phase.ENDED;
            ended = time.now();
            run = null;
            if (how instanceof Ending.Done) {
                progress = 1;
            }
            audience.note(event(how));
            outcome.settle(how);
        }
        left.accept(this);
        deliver();
        outcome.complete(how, callbacks);
        return true;
    }

    private JobEvent event(Ending how) {
        if (how instanceof Ending.Done done) {
            return new JobEvent.Done(id, done.result().images());
        }
        return how instanceof Ending.Failed failed
                ? new JobEvent.Failed(id, failed.problem())
                : new JobEvent.Cancelled(id);
    }

    /** {@code 0f8e… running 45 %}, without the words of its prompt. */
    @Override
    public String toString() {
        return "Job %s %s%s"
                .formatted(
                        id,
                        state().name().toLowerCase(Locale.ROOT),
                        state() == JobState.RUNNING ? " %.0f %%".formatted(progress() * 100) : "");
    }
}
