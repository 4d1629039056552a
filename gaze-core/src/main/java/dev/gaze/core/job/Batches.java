package dev.gaze.core.job;

import dev.gaze.api.asset.AssetRepository;
import dev.gaze.api.asset.AssetSummary;
import dev.gaze.api.asset.Page;
import dev.gaze.api.job.Batch;
import dev.gaze.api.job.BatchId;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.job.Job;
import dev.gaze.core.ledger.BatchRecord;
import dev.gaze.core.ledger.JobRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Many jobs under one handle. */
final class Batches {
    private final DurableJobs jobs;
    private final Desk desk;
    private final Intake intake;

    Batches(DurableJobs jobs, Desk desk, Intake intake) {
        this.jobs = jobs;
        this.desk = desk;
        this.intake = intake;
    }

    Batch submit(String name, List<GenerationRequest> requests) {
        if (requests.isEmpty()) {
            throw new IllegalArgumentException("A batch has at least one request");
        }
        BatchRecord batch = new BatchRecord(
                new BatchId(TimeOrdered.id(desk.time().now())),
                name,
                desk.time().now());
        Batch handle = handle(batch);
        try {
            intake.submit(batch, List.copyOf(requests));
        } catch (RuntimeException refused) {
            withdraw(handle, refused);
            throw refused;
        }
        return handle;
    }

    /** Nobody would have a handle on the part of it that was taken in. */
    private static void withdraw(Batch batch, RuntimeException because) {
        try {
            batch.cancel();
        } catch (RuntimeException alsoFailed) {
            because.addSuppressed(alsoFailed);
        }
    }

    /** Every asset without a cover, by display name within its category. */
    Optional<Batch> missingCovers(List<String> categories) {
        List<GenerationRequest> requests = new ArrayList<>();
        List<String> names = categories.isEmpty() ? desk.workshop().categories() : categories;
        for (String category : names) {
            AssetRepository assets = desk.workshop().covers().repositories().apply(category);
            for (AssetSummary asset : assets.withoutCover()) {
                requests.add(GenerationRequest.of(category, asset.slug()));
            }
        }
        return requests.isEmpty()
                ? Optional.empty()
                : Optional.of(submit("covers: " + String.join(", ", names), requests));
    }

    Optional<Batch> find(BatchId id) {
        return desk.open().batches().find(id).map(this::handle);
    }

    Page<Batch> list(int offset, int limit) {
        Page<BatchRecord> page = desk.open().batches().list(offset, limit);
        return new Page<>(page.items().stream().map(this::handle).toList(), offset, page.total());
    }

    private Batch handle(BatchRecord record) {
        return new BatchHandle(record, this, desk);
    }

    List<Job> jobs(BatchId id) {
        return desk.open().batches().jobs(id).stream().<Job>map(jobs::handle).toList();
    }

    List<Job> retry(List<JobRecord> failed) {
        return failed.stream().<Job>map(job -> jobs.handle(intake.retry(job))).toList();
    }

    boolean cancel(Job job) {
        return jobs.cancel(job.id());
    }
}
