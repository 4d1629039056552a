package dev.gaze.core.job;

import dev.gaze.api.job.Attempt;
import dev.gaze.api.job.BatchId;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.job.Job;
import dev.gaze.api.job.JobEvent;
import dev.gaze.api.job.JobId;
import dev.gaze.api.job.JobNews;
import dev.gaze.api.job.JobResult;
import dev.gaze.api.job.JobState;
import dev.gaze.api.job.Priority;
import dev.gaze.api.job.Subscription;
import dev.gaze.api.plan.RenderPlan;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.ledger.Ending;
import dev.gaze.core.ledger.JobRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A job as others see it: its id, and whom to ask. What can no longer change is kept. */
final class JobHandle implements Job {
    private final JobId id;
    private final DurableJobs jobs;
    private final Desk desk;
    private volatile @Nullable JobRecord last;
    private volatile @Nullable Ending awaited;

    JobHandle(JobRecord record, DurableJobs jobs, Desk desk) {
        id = record.id();
        this.jobs = jobs;
        this.desk = desk;
        last = record.state().ended() ? record : null;
    }

    private JobRecord record() {
        JobRecord known = last;
        if (known == null) {
            known = desk.open().find(id).orElseThrow(() -> DurableJobs.unknown(id));
            if (known.state().ended()) {
                last = known;
            }
        }
        return known;
    }

    /** How it ended, as far as this handle has heard. */
    private @Nullable Ending ending() {
        JobRecord known = last;
        return awaited != null || known == null ? awaited : known.ending();
    }

    @Override
    public JobId id() {
        return id;
    }

    @Override
    public GenerationRequest request() {
        return record().request();
    }

    @Override
    public RenderPlan plan() {
        JobRecord record = record();
        return record.plan().warn(record.warnings());
    }

    @Override
    public JobState state() {
        Ending known = ending();
        return known != null ? known.state() : desk.open().lists().state(id).orElseThrow(() -> DurableJobs.unknown(id));
    }

    @Override
    public Priority priority() {
        return record().priority();
    }

    @Override
    public int position() {
        return ending() != null ? 0 : desk.open().lists().position(id);
    }

    @Override
    public double progress() {
        return state() == JobState.DONE
                ? 1
                : jobs.live(id).map(LiveJob::progress).orElse(0.0);
    }

    @Override
    public Instant submitted() {
        return record().submitted();
    }

    @Override
    public Optional<Instant> started() {
        return Optional.ofNullable(record().started());
    }

    @Override
    public Optional<Instant> ended() {
        return Optional.ofNullable(record().ended());
    }

    @Override
    public Optional<JobResult> result() {
        return endingNow() instanceof Ending.Done done ? Optional.of(done.result()) : Optional.empty();
    }

    @Override
    public Optional<Problem> problem() {
        return endingNow() instanceof Ending.Failed failed ? Optional.of(failed.problem()) : Optional.empty();
    }

    private @Nullable Ending endingNow() {
        Ending known = ending();
        return known != null ? known : record().ending();
    }

    @Override
    public List<Attempt> attempts() {
        return desk.open().attempts(id);
    }

    @Override
    public Optional<BatchId> batch() {
        return Optional.ofNullable(record().batch());
    }

    @Override
    public Optional<JobId> retryOf() {
        return Optional.ofNullable(record().retryOf());
    }

    // Waiting and listening ------------------------------------------------------------------------------------------

    @Override
    public JobResult await(Duration atMost) {
        try {
            Ending known = ending();
            if (known == null) {
                if (desk.closing()) {
                    throw closed();
                }
                known = desk.waiters()
                        .await(id, atMost)
                        .orElseThrow(() -> timeout("Job %s has not ended within %s; it goes on".formatted(id, atMost)));
                awaited = known;
            }
            return known.resultOrThrow();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw timeout("The thread that waited for job %s was interrupted; the job goes on".formatted(id));
        } catch (CancellationException closed) {
            throw closed();
        }
    }

    private GazeException timeout(String what) {
        return new GazeException(
                Kind.TIMEOUT,
                Problem.of(what)
                        .fix(desk.whyItWaits("it is %s now; wait longer, or cancel it"
                                .formatted(state().name().toLowerCase(Locale.ROOT)))));
    }

    private GazeException closed() {
        return new GazeException(
                Kind.UNAVAILABLE,
                Problem.of("The library was closed before job %s ended".formatted(id))
                        .fix("it goes on when the library is opened again"));
    }

    @Override
    public CompletionStage<JobResult> completion() {
        CompletableFuture<JobResult> completion = new CompletableFuture<>();
        Ending known = ending();
        CompletableFuture<Ending> end =
                known == null ? desk.waiters().end(id) : CompletableFuture.completedFuture(known);
        end.whenComplete((ending, never) -> {
            Runnable tell = () -> {
                try {
                    if (never != null) {
                        throw never instanceof GazeException why ? why : closed();
                    }
                    completion.complete(ending.resultOrThrow());
                } catch (GazeException failure) {
                    completion.completeExceptionally(failure);
                }
            };
            try {
                desk.workshop().callbacks().execute(tell);
            } catch (RuntimeException refused) {
                tell.run();
            }
        });
        return completion.minimalCompletionStage();
    }

    @Override
    public Subscription listen(Consumer<JobEvent> listener) {
        return listen(listener, desk.workshop().callbacks());
    }

    @Override
    public Subscription listen(Consumer<JobEvent> listener, Executor executor) {
        List<JobNews> sofar = desk.open().events(0, id, Integer.MAX_VALUE);
        long before = sofar.isEmpty() ? 0 : sofar.get(sofar.size() - 1).number() - 1;
        return desk.news().listen(id, before, news -> listener.accept(news.event()), executor);
    }

    @Override
    public boolean cancel() {
        return jobs.cancel(id);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JobHandle handle && handle.id.equals(id) && handle.jobs == jobs;
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** {@code 0f8e… running 45 %}, without the words of its prompt. */
    @Override
    public String toString() {
        JobState state = state();
        return "Job %s %s%s"
                .formatted(
                        id,
                        state.name().toLowerCase(Locale.ROOT),
                        state == JobState.RUNNING ? " %.0f %%".formatted(progress() * 100) : "");
    }
}
