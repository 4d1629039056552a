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
import dev.gaze.core.store.DatabaseLost;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A batch as others see it: its id, and whom to ask. */
final class BatchHandle implements Batch {
    private static final Duration LONGEST_WAIT = Duration.ofDays(10_000);
    /** When is looked again after the database was away. */
    private static final Duration AGAIN = Duration.ofSeconds(2);

    /** How often who waits looks, should news be lost. */
    private static final Duration ANYWAY = Duration.ofSeconds(30);

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
        Consumer<BatchProgress> look = progress -> {
            if (progress.ended()) {
                end.complete(true);
            }
        };
        Time.Timer timer = desk.time().after(limit, () -> end.complete(false));
        Time.Timer anyway = desk.time().every(ANYWAY, () -> desk.aside(() -> look.accept(progress())));
        try (Subscription subscription = follow(look, Runnable::run)) {
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
                            .fix(now == null ? "open the library again" : desk.whyItWaits(now.toString())));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new GazeException(
                    Kind.TIMEOUT,
                    Problem.of("The thread that waited for batch '%s' was interrupted".formatted(name())));
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            timer.cancel();
            anyway.cancel();
        }
    }

    @Override
    public Subscription listen(Consumer<BatchProgress> listener) {
        return follow(listener, desk.workshop().callbacks());
    }

    private Subscription follow(Consumer<BatchProgress> listener, Executor executor) {
        Following following = new Following(listener, executor);
        Subscription subscription = desk.news()
                .listen(
                        null,
                        desk.open().lastEvent(),
                        news -> {
                            if (news.event() instanceof JobEvent.Started
                                    || news.event() instanceof JobEvent.Ended
                                    || news.event() instanceof JobEvent.Requeued) {
                                following.look();
                            }
                        },
                        executor);
        following.subscribed(subscription);
        try {
            executor.execute(following::look);
        } catch (RuntimeException failure) { // nobody would have a subscription to close
            subscription.close();
            throw failure;
        }
        return following;
    }

    /** One listener: told how far the batch is whenever that has changed, up to its end. */
    private final class Following implements Subscription {
        private final Consumer<BatchProgress> listener;
        private final Executor executor;
        private final AtomicReference<BatchProgress> told = new AtomicReference<>();
        private final AtomicBoolean later = new AtomicBoolean();
        private volatile Subscription news = () -> {};
        private volatile boolean closed;

        Following(Consumer<BatchProgress> listener, Executor executor) {
            this.listener = listener;
            this.executor = executor;
        }

        void subscribed(Subscription subscription) {
            news = subscription;
        }

        void look() {
            if (closed) {
                return;
            }
            BatchProgress now;
            try {
                now = progress();
            } catch (DatabaseLost lost) { // what has happened may have been the last, and nobody would tell it again
                lookLater();
                return;
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
                close();
            }
        }

        private void lookLater() {
            if (later.compareAndSet(false, true)) {
                desk.time().after(AGAIN, () -> {
                    later.set(false);
                    desk.aside(() -> executor.execute(this::look));
                });
            }
        }

        @Override
        public void close() {
            closed = true;
            news.close();
        }
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
