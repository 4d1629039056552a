package dev.gaze.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.job.BatchId;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.job.JobId;
import dev.gaze.api.job.JobQuery;
import dev.gaze.api.job.JobState;
import dev.gaze.api.job.Jobs;
import dev.gaze.api.job.Priority;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.core.ledger.Chronicle;
import dev.gaze.core.ledger.Ledger;
import dev.gaze.core.ledger.NewJob;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Batches that are written down a few hundred at a time. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LargeBatchTest extends JobTesting {
    private static final int REQUESTS = 250;
    private static final JobLimits ROOM_FOR_300 = new JobLimits(300, 3, LONG, LONG, 1_000, LONG, 4, LONG);

    private final AtomicInteger prepared = new AtomicInteger();

    /** When all were checked and 200 are written down, somebody else hands in 100 jobs. */
    @Override
    Workshop workshop() {
        Workshop usual = super.workshop();
        return new Workshop(
                request -> {
                    if (prepared.incrementAndGet() == REQUESTS + 201) {
                        new Ledger(database, time, id -> uploads.resolve(id.path()), Chronicle.NONE)
                                .accept(others(), 1_000, null);
                    }
                    return prepare(request);
                },
                usual.wirer(),
                usual.filer(),
                usual.covers(),
                usual.categories(),
                time,
                callbacks);
    }

    private static List<NewJob> others() {
        GenerationRequest request = words("somebody else's");
        return IntStream.range(0, 100)
                .mapToObj(i -> new NewJob(
                        new JobId(UUID.randomUUID()),
                        request,
                        prepare(request).plan(),
                        prepare(request).template(),
                        null,
                        List.of(),
                        Priority.BATCH,
                        null,
                        0,
                        null))
                .toList();
    }

    @Test
    void of_a_batch_that_is_refused_half_way_nothing_is_made() {
        Jobs jobs = shop(ROOM_FOR_300, server("s")).jobs();
        jobs.pause();
        List<GenerationRequest> requests =
                IntStream.range(0, REQUESTS).mapToObj(i -> words("item " + i)).toList();

        assertKind(Kind.UNAVAILABLE, () -> jobs.batch(requests));

        BatchId batch = jobs.batches(0, 1).items().get(0).id();
        assertThat(jobs.list(JobQuery.ALL.of(batch), 0, REQUESTS).items())
                .hasSize(200)
                .allMatch(job -> job.state() == JobState.CANCELLED);
        assertThat(jobs.list(Set.of(JobState.QUEUED), 0, 1).total()).isEqualTo(100);
    }
}
