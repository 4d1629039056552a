package dev.gaze.core.job;

import dev.gaze.api.job.JobResult;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.time.Time;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The end of a job, once it is there, and those who wait for it. Waiting runs on the library's clock. */
final class Outcome {
    private static final Duration LONGEST_WAIT = Duration.ofDays(10_000);

    private final Time time;
    private final CompletableFuture<Ending> ending = new CompletableFuture<>();
    private final CompletableFuture<JobResult> completion = new CompletableFuture<>();

    Outcome(Time time) {
        this.time = time;
    }

    /** How it ended; null while it has not. */
    @Nullable
    Ending known() {
        return ending.getNow(null);
    }

    /** The end is known from now on, and wakes those who wait; called under the job's lock, and calls nobody. */
    void settle(Ending how) {
        ending.complete(how);
    }

    /** Waits for the end; null when it has not come in time. */
    @Nullable
    Ending await(Duration atMost) throws InterruptedException {
        if (atMost.isZero() || atMost.isNegative()) {
            return known();
        }
        CompletableFuture<Void> timeUp = new CompletableFuture<>();
        Duration limit = atMost.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : atMost;
        Time.Timer timer = time.after(limit, () -> timeUp.complete(null));
        try {
            CompletableFuture.anyOf(ending, timeUp).get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            timer.cancel();
        }
        return known();
    }

    CompletionStage<JobResult> completion() {
        return completion.minimalCompletionStage();
    }

    /** Tells those who do not wait, on an executor, as what they have hung on may take its time. */
    void complete(Ending how, Executor callbacks) {
        try {
            callbacks.execute(() -> complete(how));
        } catch (RuntimeException refused) {
            complete(how);
        }
    }

    private void complete(Ending how) {
        try {
            completion.complete(how.resultOrThrow());
        } catch (GazeException failure) {
            completion.completeExceptionally(failure);
        }
    }
}
