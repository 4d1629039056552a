package dev.gaze.core.job;

import dev.gaze.api.image.Image;
import dev.gaze.api.job.Batch;
import dev.gaze.api.job.BatchId;
import dev.gaze.api.job.BatchProgress;
import dev.gaze.api.job.Job;
import dev.gaze.api.job.JobEvent;
import dev.gaze.api.job.JobResult;
import dev.gaze.api.job.JobState;
import dev.gaze.api.job.Subscription;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.time.Time;
import dev.gaze.core.image.ContactSheet;
import dev.gaze.core.ledger.BatchRecord;
import dev.gaze.core.ledger.Ending;
import dev.gaze.core.ledger.JobRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A batch as others see it: its id, and whom to ask. */
final class BatchHandle implements Batch {
    private static final Duration LONGEST_WAIT = Duration.ofDays(10_000);

    private final BatchRecord record;
    private final Batches batches;
    private final Desk desk;

    BatchHandle(BatchRecord record, Batches batches, Desk desk) {
        this.record = record;
        this.batches = batches;
        this.desk = desk;
    }

    @Override
    public BatchId id() {
        return record.id();
    }

    @Override
    public String name() {
        return record.name();
    }

    @Override
    public Instant submitted() {
        return record.submitted();
    }

    @Override
    public List<Job> jobs() {
        return batches.jobs(id());
    }

    @Override
    public BatchProgress progress() {
        Map<JobState, Integer> counts = desk.open().batches().counts(id());
        int waiting = counts.getOrDefault(JobState.QUEUED, 0);
        int running = counts.getOrDefault(JobState.RUNNING, 0);
        return new BatchProgress(
                waiting,
                running,
                counts.getOrDefault(JobState.DONE, 0),
                counts.getOrDefault(JobState.FAILED, 0),
                counts.getOrDefault(JobState.CANCELLED, 0),
                left(waiting + running));
    }

    /** By the pace from the first job that was begun to the last that was made. */
    private @Nullable Duration left(int more) {
        return desk.open()
                .batches()
                .pace(id())
                .map(pace -> pace.span().dividedBy(pace.ended()).multipliedBy(more))
                .orElse(null);
    }

    @Override
    public List<Image> images() {
        List<Image> images = new ArrayList<>();
        jobs().forEach(job -> job.result().map(JobResult::images).ifPresent(images::addAll));
        return images;
    }

    // Waiting and listening ------------------------------------------------------------------------------------------

    @Override
    public BatchProgress await(Duration atMost) {
        CompletableFuture<Boolean> end = new CompletableFuture<>();
        Duration limit = atMost.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : atMost;
        Time.Timer timer = desk.time().after(limit, () -> end.complete(false));
        try (Subscription subscription = follow(
                progress -> {
                    if (progress.ended()) {
                        end.complete(true);
                    }
                },
                Runnable::run)) {
            while (!end.isDone() && !desk.closing()) {
                try {
                    end.get(1, TimeUnit.SECONDS); // real time: only to notice that the library was closed
                } catch (TimeoutException stillRunning) {
                    continue;
                }
            }
            BatchProgress now = desk.closing() ? null : progress();
            if (now != null && now.ended()) {
                return now;
            }
            throw new GazeException(
                    now == null ? Kind.UNAVAILABLE : Kind.TIMEOUT,
                    Problem.of("Batch '%s' has not ended within %s; it goes on".formatted(name(), atMost))
                            .fix(
                                    now == null
                                            ? "open the library again"
                                            : desk.open().paused()
                                                    ? "the queue is paused: resume it"
                                                    : now.toString()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new GazeException(
                    Kind.TIMEOUT,
                    Problem.of("The thread that waited for batch '%s' was interrupted".formatted(name())));
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            timer.cancel();
        }
    }

    @Override
    public Subscription listen(Consumer<BatchProgress> listener) {
        return follow(listener, desk.workshop().callbacks());
    }

    private Subscription follow(Consumer<BatchProgress> listener, Executor executor) {
        AtomicReference<BatchProgress> told = new AtomicReference<>();
        AtomicReference<Subscription> self = new AtomicReference<>(() -> {});
        Runnable look = () -> {
            BatchProgress now;
            try {
                now = progress();
            } catch (RuntimeException failure) {
                if (desk.closing()) {
                    return; // it came too late
                }
                throw failure;
            }
            if (!now.equals(told.getAndSet(now))) {
                listener.accept(now);
            }
            if (now.ended()) {
                self.get().close();
            }
        };
        Subscription subscription = desk.news()
                .listen(
                        null,
                        desk.open().lastEvent(),
                        news -> {
                            if (news.event() instanceof JobEvent.Started
                                    || news.event() instanceof JobEvent.Ended
                                    || news.event() instanceof JobEvent.Requeued) {
                                look.run();
                            }
                        },
                        executor);
        self.set(subscription);
        try {
            executor.execute(look);
        } catch (RuntimeException failure) { // nobody would have a subscription to close
            subscription.close();
            throw failure;
        }
        return subscription;
    }

    // Steering -------------------------------------------------------------------------------------------------------

    @Override
    public int cancel() {
        int asked = 0;
        for (Job job : jobs()) {
            if (!job.state().ended() && batches.cancel(job)) {
                asked++;
            }
        }
        return asked;
    }

    @Override
    public List<Job> retryFailed() {
        return batches.retry(desk.open().batches().jobs(id()).stream()
                .filter(job -> job.state() == JobState.FAILED)
                .toList());
    }

    @Override
    public Path contactSheet(Path file) {
        List<ContactSheet.Entry> entries = new ArrayList<>();
        for (JobRecord job : desk.open().batches().jobs(id())) {
            Optional<JobResult> result =
                    job.ending() instanceof Ending.Done done ? Optional.of(done.result()) : Optional.empty();
            result.ifPresent(made -> made.images()
                    .forEach(image -> entries.add(new ContactSheet.Entry(
                            image.file(), desk.workshop().covers().nameOf(image)))));
        }
        if (entries.isEmpty()) {
            throw new GazeException(
                    Kind.NOT_FOUND,
                    Problem.of("Batch '%s' has no image yet".formatted(name()))
                            .fix(progress().toString()));
        }
        return ContactSheet.draw(entries, file);
    }

    /** {@code Batch covers: character, 12 of 40 done}. */
    @Override
    public String toString() {
        return "Batch " + name() + ", " + progress();
    }
}
