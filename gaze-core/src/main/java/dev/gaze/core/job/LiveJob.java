package dev.gaze.core.job;

import dev.gaze.api.backend.BackendId;
import dev.gaze.api.backend.RenderRun;
import dev.gaze.api.job.Attempt;
import dev.gaze.api.job.JobId;
import dev.gaze.api.job.Priority;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.ledger.JobRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a job only while a thread of this process makes it: how far it is, how to stop it, and who has
 * refused it. Everything else stands in the ledger. Safe for use by several threads.
 */
final class LiveJob {
    private final JobRecord record;
    private final Graphs graphs;
    private final Map<UUID, Attempt> open = new LinkedHashMap<>();
    private int tries;
    private final Refusals refusals = new Refusals();
    private double progress;
    private @Nullable Problem stop;
    private boolean unknown;
    private boolean tooLate;
    private boolean letGo;
    private @Nullable GazeException givenUp;
    private volatile Priority priority;
    private @Nullable RenderRun run;
    private volatile @Nullable Starting starting;
    private @Nullable BackendId startedOn;
    private @Nullable String claimant;
    private @Nullable HeadStart headStart;

    /**
     * A claimed job.
     *
     * @param before the attempts of earlier turns
     */
    LiveJob(JobRecord record, Graphs graphs, List<Attempt> before) {
        this.record = record;
        this.graphs = graphs;
        stop = record.cancelRequested();
        priority = record.priority();
        before.stream().filter(attempt -> attempt.ended() == null).forEach(this::attempted);
        unknown = !open.isEmpty();
        tries = (int)
                before.stream().filter(attempt -> attempt.problem() != null).count();
    }

    /** A job nobody has touched that was claimed as it was handed in, and may have been given a place then. */
    static LiveJob claimed(JobRecord record, Graphs graphs, String claimant, Optional<HeadStart> headStart) {
        LiveJob job = new LiveJob(record, graphs, List.of());
        job.claimant = claimant;
        headStart.ifPresent(head -> {
            job.headStart = head;
            job.attempted(
                    new Attempt(1, head.server().id(), head.prompt(), head.workflow(), record.submitted(), null, null));
        });
        return job;
    }

    /** Who has claimed it by name, so that the claim can end with the job; empty when db-scheduler holds the claim. */
    Optional<String> claimant() {
        return Optional.ofNullable(claimant);
    }

    /** The place it was given as it was handed in, once. */
    synchronized Optional<HeadStart> takeHeadStart() {
        HeadStart taken = headStart;
        headStart = null;
        return Optional.ofNullable(taken);
    }

    /** Whether it has a place that it was given as it was handed in. */
    synchronized boolean hasHeadStart() {
        return headStart != null;
    }

    /** Whether nobody can have sent it or reserved names for it before this turn. */
    boolean isFresh() {
        return claimant != null;
    }

    JobId id() {
        return record.id();
    }

    JobRecord record() {
        return record;
    }

    Prepared prepared() {
        return graphs.prepared();
    }

    Graphs graphs() {
        return graphs;
    }

    /** Which servers did not take it. */
    Refusals refusals() {
        return refusals;
    }

    // Stopping -------------------------------------------------------------------------------------------------------

    /**
     * Asks to stop it; the run is told at once when there is one. Only the first reason counts.
     *
     * @return false when its image is being filed, so that this counts only should that fail; empty when nobody has looked
     *     yet whether it is in place already
     */
    Optional<Boolean> stop(Problem why) {
        RenderRun running;
        Optional<Boolean> inTime;
        synchronized (this) {
            if (stop == null) {
                stop = why;
            }
            running = run;
            inTime = unknown ? Optional.empty() : Optional.of(!tooLate);
        }
        if (running != null) {
            running.cancel();
        }
        return inTime;
    }

    /** From now on it is too late to stop it; false when somebody has asked for that already. */
    synchronized boolean beginFiling() {
        tooLate = tooLate || stop == null;
        return tooLate;
    }

    /** Nothing of it is in place: it can be stopped, again. */
    synchronized void filedNothing() {
        unknown = false;
        tooLate = false;
    }

    /** Nobody waits for this turn any more: whoever opens the library next files the image. */
    synchronized void letGo() {
        letGo = true;
    }

    synchronized boolean isLetGo() {
        return letGo;
    }

    /** Why it is to be stopped; empty when nobody asked for that. */
    synchronized Optional<Problem> stopped() {
        return Optional.ofNullable(stop);
    }

    /** Nobody can be expected to make it. */
    synchronized void giveUp(GazeException why) {
        givenUp = why;
    }

    synchronized Optional<GazeException> givenUp() {
        return Optional.ofNullable(givenUp);
    }

    Priority priority() {
        return priority;
    }

    void priority(Priority changed) {
        priority = changed;
    }

    // On a server ----------------------------------------------------------------------------------------------------

    /** A prompt is written down and may be on its server from now on. */
    synchronized void attempted(Attempt attempt) {
        open.put(attempt.prompt(), attempt);
    }

    /** A prompt is no longer on its server. */
    synchronized void attemptEnded(UUID prompt, boolean inVain) {
        open.remove(prompt);
        tries += inVain ? 1 : 0;
    }

    /** How many prompts did not lead to an image. */
    synchronized int tries() {
        return tries;
    }

    /** The prompt that may still be on a server. */
    synchronized Optional<Attempt> openOn(BackendId server) {
        return open.values().stream()
                .filter(attempt -> attempt.backend().equals(server))
                .findFirst();
    }

    /** Every prompt that may still be on some server. */
    synchronized List<Attempt> open() {
        return List.copyOf(open.values());
    }

    /** Notes the run that makes it, so that it can be stopped from now on. */
    void running(RenderRun started) {
        boolean stopIt;
        synchronized (this) {
            run = started;
            stopIt = stop != null;
        }
        if (stopIt) {
            started.cancel();
        }
    }

    /** The run is over. */
    synchronized void rested() {
        run = null;
    }

    /** How it comes into the ledger that a server works on it; empty before its turn. */
    Optional<Starting> starting() {
        return Optional.ofNullable(starting);
    }

    void starting(Starting now) {
        starting = now;
    }

    /** Notes that a server works on it; false when that was known. */
    synchronized boolean startedOn(BackendId server) {
        if (server.equals(startedOn)) {
            return false;
        }
        startedOn = server;
        return true;
    }

    /** It waits again, and begins anew. */
    synchronized void waitsAgain() {
        startedOn = null;
        run = null;
        progress = 0;
    }

    synchronized double progress() {
        return progress;
    }

    synchronized void reached(double part) {
        progress = Math.max(progress, part);
    }
}
