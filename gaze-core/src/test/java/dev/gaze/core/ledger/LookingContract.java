package dev.gaze.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.asset.Page;
import dev.gaze.api.job.BatchId;
import dev.gaze.api.job.JobEvent;
import dev.gaze.api.job.JobId;
import dev.gaze.api.job.JobNews;
import dev.gaze.api.job.JobQuery;
import dev.gaze.api.job.JobState;
import dev.gaze.api.job.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the ledger promises on either database: lists, events, batches, and what is forgotten. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
abstract class LookingContract extends LedgerTesting {

    // Looking --------------------------------------------------------------------------------------------------------

    @Test
    @Tag("I9")
    void jobs_are_listed_by_state_batch_asset_and_time_the_newest_first() {
        JobId old = accept(filedUnder(MIRA)).id();
        make(old);
        Instant later = later(Duration.ofHours(1));
        BatchRecord batch = batch("rainy days", 3);
        JobId running = accept(filedUnder(MIRA)).id();
        ledger.started(running, start(ATTIC));

        assertThat(listed(JobQuery.ALL)).hasSize(5).startsWith(running).endsWith(old);
        assertThat(listed(JobQuery.ALL.of(MIRA))).containsExactly(running, old);
        assertThat(listed(JobQuery.ALL.of(MIRA).in(JobState.DONE, JobState.FAILED)))
                .containsExactly(old);
        assertThat(listed(JobQuery.ALL.of(new AssetKey("character", "nobody")))).isEmpty();
        assertThat(listed(JobQuery.ALL.between(Instant.EPOCH, later))).containsExactly(old);
        assertThat(listed(JobQuery.ALL.between(later, later.plusSeconds(1)))).hasSize(4);
        Page<JobRecord> page = ledger.lists().list(JobQuery.ALL.of(batch.id()), 1, 1);
        assertThat(page.total()).isEqualTo(3);
        assertThat(page.items())
                .singleElement()
                .satisfies(job -> assertThat(job.item()).isEqualTo(1));
        assertThat(ledger.lists().list(JobQuery.ALL, 100, 10).items()).isEmpty();
        assertThat(ledger.lists().counts())
                .isEqualTo(Map.of(
                        JobState.QUEUED,
                        3L,
                        JobState.RUNNING,
                        1L,
                        JobState.DONE,
                        1L,
                        JobState.FAILED,
                        0L,
                        JobState.CANCELLED,
                        0L));
        assertThat(ledger.lists().hasUnfinished()).isTrue();
    }

    private List<JobId> listed(JobQuery query) {
        return ledger.lists().list(query, 0, 100).items().stream()
                .map(JobRecord::id)
                .toList();
    }

    @Test
    void events_are_read_on_from_any_number() {
        JobId one = accepted();
        JobId other = accepted();
        ledger.started(one, start(ATTIC));
        ledger.cancel(other, ENOUGH, false);

        assertThat(ledger.lastEvent()).isEqualTo(4);
        assertThat(ledger.events(2, null, 1)).extracting(JobNews::number).containsExactly(3L);
        assertThat(ledger.events(3, null, 10)).containsExactly(new JobNews(4, new JobEvent.Cancelled(other)));
        assertThat(ledger.events(0, one, 10)).extracting(JobNews::number).containsExactly(1L, 3L);
        assertThat(ledger.events(4, null, 10)).isEmpty();
    }

    @Test
    void events_of_many_writers_have_no_gaps_and_none_appears_behind_one_that_was_seen() throws Exception {
        int writers = 6;
        int each = 15;
        List<Callable<Integer>> all = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            all.add(() -> {
                for (int n = 0; n < each; n++) {
                    JobId job = accepted();
                    ledger.cancel(id(), ENOUGH, false); // takes a number and gives it back
                    ledger.requeued(job, ENOUGH); // so does this
                    ledger.started(job, start(ATTIC));
                    ledger.end(job, new Ending.Cancelled(ENOUGH));
                }
                return 0;
            });
        }
        long expected = 3L * writers * each;
        List<Long> seen = new ArrayList<>();
        all.add(() -> {
            long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (seen.size() < expected && System.nanoTime() < end) {
                long after = seen.isEmpty() ? 0 : seen.get(seen.size() - 1);
                ledger.events(after, null, 7).forEach(news -> seen.add(news.number()));
            }
            return 0;
        });

        together(all);

        assertThat(seen)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, expected).boxed().toList());
        assertThat(ledger.queued()).isZero();
    }

    // Batches --------------------------------------------------------------------------------------------------------

    @Test
    @Tag("I12")
    @Tag("I13")
    void batches_are_listed_the_newest_first_with_what_became_of_their_jobs() {
        BatchRecord older = batch("older \0 one", 1);
        time.advance(Duration.ofSeconds(1));
        BatchRecord newer = batch("newer", 3);
        List<JobRecord> jobs = ledger.batches().jobs(newer.id());
        assertThat(ledger.batches().pace(newer.id())).isEmpty();
        make(jobs.get(0).id());
        time.advance(Duration.ofSeconds(20));
        make(jobs.get(1).id());
        ledger.cancel(jobs.get(2).id(), ENOUGH, false);

        assertThat(ledger.batches().list(0, 10).items()).containsExactly(newer, older);
        assertThat(ledger.batches().list(1, 10).items()).containsExactly(older);
        assertThat(ledger.batches().find(older.id())).contains(older);
        assertThat(ledger.batches().find(new BatchId(UUID.randomUUID()))).isEmpty();
        assertThat(older.name()).isEqualTo("older  one");
        assertThat(ledger.batches().counts(newer.id())).isEqualTo(Map.of(JobState.DONE, 2, JobState.CANCELLED, 1));
        assertThat(ledger.batches().pace(newer.id())).contains(new BatchRecord.Pace(2, Duration.ofSeconds(20)));
    }

    // Forgetting -----------------------------------------------------------------------------------------------------

    @Test
    @Tag("G45")
    void ended_jobs_are_forgotten_by_age_with_all_that_belongs_to_them() {
        JobId old = accepted();
        make(old);
        time.advance(Duration.ofSeconds(3600));
        JobId exactly = accepted();
        make(exactly);
        JobId waiting = accepted();

        assertThat(ledger.prune(time.now().minusSeconds(3600), 100)).isEqualTo(1);

        assertThat(ledger.find(old)).isEmpty();
        assertThat(ledger.events(0, old, 10)).isEmpty();
        assertThat(ledger.attempts(old)).isEmpty();
        assertThat(ledger.files().reserved(old)).isEmpty();
        assertThat(ledger.find(exactly)).isPresent();
        assertThat(ledger.find(waiting)).isPresent();
        assertThat(ledger.template(waiting)).isEqualTo(template());
        assertThat(ledger.prune(time.now(), 100)).isEqualTo(1);
        ledger.cancel(waiting, ENOUGH, false);
        assertThat(ledger.prune(time.now(), 100)).isEqualTo(1);
        assertThat(count("select count(*) from job_template")).isZero();
    }

    @Test
    @Tag("G45")
    @Tag("I18")
    void beyond_a_number_the_oldest_are_forgotten_and_what_has_not_ended_never() {
        List<JobId> ended = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            JobId job = accepted();
            ledger.cancel(job, ENOUGH, false);
            ended.add(job);
            time.advance(Duration.ofSeconds(1));
        }
        JobId filing = accepted();
        ledger.files().reserve(filing, List.of(), List.of("mix/a.png"), false, () -> {});

        assertThat(ledger.prune(Instant.EPOCH, 2)).isEqualTo(4);

        assertThat(listed(JobQuery.ALL)).containsExactly(filing, ended.get(5), ended.get(4));
        assertThat(ledger.files().reserved(filing)).containsExactly("mix/a.png");
        assertThat(ledger.prune(Instant.EPOCH, 2)).isZero();
        assertThat(ledger.prune(time.now(), 0)).isEqualTo(2);
        assertThat(ledger.find(filing)).isPresent();
    }

    @Test
    @Tag("G45")
    void a_batch_that_goes_on_keeps_all_of_its_jobs_and_one_without_any_is_forgotten() {
        BatchRecord batch = batch("rainy days", 3);
        List<JobRecord> jobs = ledger.batches().jobs(batch.id());
        make(jobs.get(0).id());
        make(jobs.get(1).id());

        assertThat(ledger.prune(time.now(), 0)).isZero();
        assertThat(ledger.batches().counts(batch.id())).containsEntry(JobState.DONE, 2);
        make(jobs.get(2).id());
        assertThat(ledger.prune(time.now(), 0)).isEqualTo(3);
        assertThat(ledger.batches().find(batch.id())).isEmpty();
    }

    @Test
    @Tag("G45")
    void very_many_are_forgotten_a_few_at_a_time() {
        List<NewJob> many = IntStream.range(0, 1_200)
                .mapToObj(i -> job("item " + i, Priority.BATCH, null, 0))
                .toList();
        accept(many);
        database.jdbi()
                .useHandle(
                        handle -> handle.execute(
                                "update job set state = 'CANCELLED', ended = submitted, outcome = '{\"problems\": [{\"what\": \"x\"}]}'"));

        assertThat(ledger.prune(Instant.EPOCH, 100)).isEqualTo(1_100);
        assertThat(listed(JobQuery.ALL))
                .containsExactlyElementsOf(IntStream.range(0, 100)
                        .mapToObj(i -> many.get(1_199 - i).id())
                        .toList());
    }
}
