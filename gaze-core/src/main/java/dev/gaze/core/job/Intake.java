package dev.gaze.core.job;

import dev.gaze.api.job.BatchId;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.job.JobId;
import dev.gaze.api.job.JobState;
import dev.gaze.api.job.Priority;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.ledger.BatchRecord;
import dev.gaze.core.ledger.JobRecord;
import dev.gaze.core.ledger.NewJob;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes requests in: everything that can be wrong with one by itself is found here, then it is written down. */
final class Intake {
    /** How many are held in memory and written in one go. */
    private static final int CHUNK = 200;

    private final Desk desk;
    private final Shop shop;

    Intake(Desk desk, Shop shop) {
        this.desk = desk;
        this.shop = shop;
    }

    JobRecord submit(GenerationRequest request, Priority priority) {
        return accept(List.of(prepared(request, priority, null, 0)), null).get(0);
    }

    /** All of a batch or none: with more than can be held in memory, each is checked before the first is taken in. */
    void submit(BatchRecord batch, List<GenerationRequest> requests) {
        boolean many = requests.size() > CHUNK;
        if (many) {
            for (int i = 0; i < requests.size(); i++) {
                numbered(batch.id(), requests, i);
            }
            requireRoom(requests.size());
        }
        for (int from = 0; from < requests.size(); from += CHUNK) {
            List<NewJob> chunk = new ArrayList<>();
            for (int i = from; i < Math.min(from + CHUNK, requests.size()); i++) {
                chunk.add(numbered(batch.id(), requests, i));
            }
            accept(chunk, from == 0 ? batch : null);
        }
    }

    private void requireRoom(int more) {
        int waiting = desk.ledger().queued();
        if ((long) waiting + more > desk.limits().queued()) {
            throw new GazeException(
                    Kind.UNAVAILABLE,
                    Problem.of("The queue has no room for %,d more: %,d wait, the limit is %,d"
                                    .formatted(more, waiting, desk.limits().queued()))
                            .fix(
                                    "submit fewer at once, wait until some are done, or raise limits.queued in gaze.json"));
        }
    }

    private NewJob numbered(BatchId batch, List<GenerationRequest> requests, int item) {
        try {
            return prepared(requests.get(item), Priority.BATCH, batch, item);
        } catch (GazeException refusal) {
            throw new GazeException(
                    refusal.kind(),
                    null,
                    refusal.problems().stream()
                            .map(problem -> problem.at("request %d of %d%s"
                                    .formatted(
                                            item + 1,
                                            requests.size(),
                                            problem.where() == null ? "" : ", " + problem.where())))
                            .toList(),
                    refusal);
        }
    }

    private NewJob prepared(GenerationRequest request, Priority priority, @Nullable BatchId batch, int item) {
        JobId id = new JobId(UUID.randomUUID()); // unique for ever, so never from a source that can be seeded
        Prepared prepared = desk.workshop().prepare().apply(request).withFilePrefix(filePrefix(id));
        List<Problem> warnings = desk.wiring().judge(prepared);
        return new NewJob(
                id,
                request,
                prepared.plan(),
                prepared.template(),
                prepared.filedUnder(),
                warnings,
                priority,
                batch,
                item,
                null);
    }

    /** A folder of its own for every day and job: ComfyUI lists the whole folder whenever it saves. */
    private String filePrefix(JobId id) {
        return "gaze/%s/%s/img"
                .formatted(desk.time().now().atZone(ZoneOffset.UTC).toLocalDate(), id);
    }

    JobRecord retry(JobRecord failed) {
        if (failed.state() != JobState.FAILED && failed.state() != JobState.CANCELLED) {
            throw new GazeException(
                    Kind.CONFLICT,
                    Problem.of("Job %s is %s; only one that failed or was cancelled can be tried again"
                            .formatted(failed.id(), failed.state().name().toLowerCase(Locale.ROOT))));
        }
        JobId id = new JobId(UUID.randomUUID());
        return accept(
                        List.of(new NewJob(
                                id,
                                failed.request(),
                                failed.plan().withFilePrefix(filePrefix(id)),
                                desk.ledger().template(failed.id()),
                                failed.filedUnder(),
                                failed.warnings(),
                                failed.priority(),
                                failed.batch(),
                                failed.item(),
                                failed.id())),
                        null)
                .get(0);
    }

    private List<JobRecord> accept(List<NewJob> jobs, @Nullable BatchRecord batch) {
        Optional<String> claimant = jobs.size() == 1 ? shop.claims().claimant(shop.held()) : Optional.empty();
        List<JobRecord> accepted = desk.ledger().accept(jobs, desk.limits().queued(), batch, claimant.orElse(null));
        for (int i = 0; i < jobs.size(); i++) {
            desk.fresh().put(accepted.get(i), jobs.get(i).template());
            desk.news().kept(jobs.get(i).id());
        }
        if (claimant.isPresent()) {
            shop.claims().begin(accepted.get(0).id());
        } else {
            shop.wake();
        }
        return accepted;
    }
}
