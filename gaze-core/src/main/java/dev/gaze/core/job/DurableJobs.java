package dev.gaze.core.job;

import dev.gaze.api.asset.Page;
import dev.gaze.api.job.Attempt;
import dev.gaze.api.job.Batch;
import dev.gaze.api.job.BatchId;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.job.Job;
import dev.gaze.api.job.JobId;
import dev.gaze.api.job.JobNews;
import dev.gaze.api.job.JobQuery;
import dev.gaze.api.job.JobState;
import dev.gaze.api.job.Jobs;
import dev.gaze.api.job.Priority;
import dev.gaze.api.job.Subscription;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.ledger.JobRecord;
import dev.gaze.core.ledger.Ledger;
import dev.gaze.core.store.DatabaseLost;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/** The jobs of an open library, as others see them: every question goes to the desk.open(). */
final class DurableJobs implements Jobs {
    private final Desk desk;
    private final Shop shop;
    private final Intake intake;
    private final Batches batches;

    DurableJobs(Desk desk, Shop shop) {
        this.desk = desk;
        this.shop = shop;
        intake = new Intake(desk, shop);
        batches = new Batches(this, desk, intake);
    }

    // Handing in -----------------------------------------------------------------------------------------------------

    @Override
    public Job submit(GenerationRequest request, Priority priority) {
        shop.requireOpen();
        return handle(intake.submit(request, priority));
    }

    @Override
    public Batch batch(String name, List<GenerationRequest> requests) {
        shop.requireOpen();
        return batches.submit(name, requests);
    }

    @Override
    public Optional<Batch> missingCovers(String... categories) {
        shop.requireOpen();
        return batches.missingCovers(List.of(categories));
    }

    @Override
    public Job retry(JobId id) {
        shop.requireOpen();
        return handle(intake.retry(record(id)));
    }

    // Looking --------------------------------------------------------------------------------------------------------

    JobHandle handle(JobRecord record) {
        return new JobHandle(record, this, desk);
    }

    Optional<LiveJob> live(JobId id) {
        return shop.live(id);
    }

    @Override
    public Optional<Job> find(JobId id) {
        return desk.open().find(id).map(this::handle);
    }

    @Override
    public Job get(JobId id) {
        return handle(record(id));
    }

    private JobRecord record(JobId id) {
        return desk.open().find(id).orElseThrow(() -> unknown(id));
    }

    static GazeException unknown(JobId id) {
        return new GazeException(
                Kind.NOT_FOUND,
                Problem.of("There is no job " + id)
                        .fix("jobs are forgotten some time after their end; their images stay"));
    }

    private static GazeException runs(JobId id) {
        return new GazeException(
                Kind.CONFLICT, Problem.of("Job %s is running".formatted(id)).fix("cancel() stops it wherever it is"));
    }

    @Override
    public Page<Job> list(JobQuery query, int offset, int limit) {
        requirePage(offset, limit);
        Page<JobRecord> page = desk.open().lists().list(query, offset, limit);
        return new Page<>(page.items().stream().<Job>map(this::handle).toList(), offset, page.total());
    }

    static void requirePage(int offset, int limit) {
        if (offset < 0 || limit < 1) {
            throw new IllegalArgumentException(
                    "Offset must be 0 or more and limit 1 or more, got %d and %d".formatted(offset, limit));
        }
    }

    @Override
    public Map<JobState, Long> counts() {
        return desk.open().lists().counts();
    }

    @Override
    public Optional<Batch> findBatch(BatchId id) {
        return batches.find(id);
    }

    @Override
    public Page<Batch> batches(int offset, int limit) {
        requirePage(offset, limit);
        return batches.list(offset, limit);
    }

    // Steering -------------------------------------------------------------------------------------------------------

    @Override
    public boolean cancel(JobId id) {
        return stop(id, Problem.of("Job %s was cancelled".formatted(id)), false);
    }

    @Override
    public void cancelIfQueued(JobId id) {
        if (!stop(id, Problem.of("Job %s was cancelled while it waited".formatted(id)), true)) {
            if (!record(id).state().ended()) {
                throw runs(id);
            }
            throw new GazeException(Kind.NOT_FOUND, Problem.of("Job %s has already ended".formatted(id)));
        }
    }

    private boolean stop(JobId id, Problem why, boolean onlyQueued) {
        if (onlyQueued) {
            writeStart(id);
        }
        return switch (steering(ledger -> ledger.cancel(id, why, onlyQueued))) {
            case UNKNOWN -> throw unknown(id);
            case RUNS -> throw runs(id);
            case TOO_LATE -> {
                shop.stop(id, why);
                yield false;
            }
            case ENDED -> {
                desk.open().find(id).ifPresent(job -> {
                    if (job.ending() != null) {
                        desk.told(id, job.ending());
                    }
                });
                shop.stop(id, why);
                yield true;
            }
            case ASKED -> asked(id, why);
        };
    }

    /** Whether it will be stopped: where names need not be reserved, the ledger does not know of an image in place. */
    private boolean asked(JobId id, Problem why) {
        Optional<Boolean> inTime = shop.stop(id, why);
        if (desk.open().files().mustBeReserved()) {
            return true;
        }
        return inTime.orElseGet(() -> {
            List<Attempt> attempts =
                    desk.open().attempts(id); // before its state: those of a job that ends now are over
            JobRecord now = record(id);
            return now.state().ended()
                    ? now.state() == JobState.CANCELLED
                    : Filing.inPlace(desk, id, now.filedUnder(), attempts).isEmpty();
        });
    }

    /** Whether it runs counts now. */
    private void writeStart(JobId id) {
        shop.live(id).flatMap(LiveJob::starting).ifPresent(Starting::write);
    }

    /** What is told to have failed may have been written all the same: what follows from it is done when it can be seen. */
    private <T> T steering(Function<Ledger, T> change) {
        try {
            return change.apply(desk.open());
        } catch (DatabaseLost unknown) {
            shop.lookWhenBack(unknown);
            throw unknown;
        }
    }

    @Override
    public boolean prioritise(JobId id, Priority priority) {
        writeStart(id);
        if (steering(ledger -> ledger.prioritise(id, priority))) {
            shop.live(id).ifPresent(job -> job.priority(priority));
            desk.fleet().reprioritise(id, priority);
            shop.wake();
            return true;
        }
        if (desk.open().lists().state(id).isEmpty()) {
            throw unknown(id);
        }
        return false;
    }

    @Override
    public void pause() {
        pause(true);
    }

    @Override
    public void resume() {
        pause(false);
    }

    private void pause(boolean paused) {
        steering(ledger -> {
            ledger.pause(paused);
            return paused;
        });
        desk.fleet().pause(paused);
    }

    @Override
    public boolean paused() {
        return desk.open().paused();
    }

    @Override
    public int prune(Duration age) {
        if (age.isNegative()) {
            throw new IllegalArgumentException("An age must not be negative, got " + age);
        }
        Instant now = desk.time().now();
        Instant endedBy = age.compareTo(Duration.between(Instant.EPOCH, now)) > 0 ? Instant.EPOCH : now.minus(age);
        return desk.open().prune(endedBy, desk.limits().keep());
    }

    // Listening ------------------------------------------------------------------------------------------------------

    @Override
    public Subscription listen(long after, Consumer<JobNews> listener) {
        return listen(after, listener, desk.workshop().callbacks());
    }

    @Override
    public Subscription listen(long after, Consumer<JobNews> listener, Executor executor) {
        return desk.news().listen(null, after, listener, executor);
    }

    @Override
    public long lastNumber() {
        return desk.open().lastEvent();
    }
}
