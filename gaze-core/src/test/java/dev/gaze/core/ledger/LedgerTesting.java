package dev.gaze.core.ledger;

import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.backend.BackendId;
import dev.gaze.api.image.Image;
import dev.gaze.api.image.ImageId;
import dev.gaze.api.job.BatchId;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.job.JobId;
import dev.gaze.api.job.JobResult;
import dev.gaze.api.job.Priority;
import dev.gaze.api.plan.Missing;
import dev.gaze.api.plan.RenderPlan;
import dev.gaze.api.plan.Seed;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.prompt.Prompt;
import dev.gaze.api.workflow.Workflow;
import dev.gaze.api.workflow.WorkflowTemplate;
import dev.gaze.core.small.SmallWirer;
import dev.gaze.core.store.Database;
import dev.gaze.testkit.ManualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A ledger in a database of its own, and what goes into it. */
@Timeout(120)
abstract class LedgerTesting {
    static final BackendId ATTIC = new BackendId("attic");
    static final BackendId CELLAR = new BackendId("cellar");
    static final AssetKey MIRA = new AssetKey("character", "mira_vale");
    static final Problem ENOUGH = Problem.of("Enough of it");
    static final Path UPLOADS = Path.of("/uploads");

    final ManualTime time = new ManualTime();
    Database database;
    Ledger ledger;

    abstract Database open();

    @BeforeEach
    void openLedger() {
        database = open();
        ledger = ledger(database);
    }

    @AfterEach
    void closeDatabase() {
        if (database != null) {
            database.close();
        }
    }

    Ledger ledger(Database database) {
        return new Ledger(database, time, id -> UPLOADS.resolve(id.path()), Chronicle.NONE);
    }

    Instant later(Duration by) {
        time.advance(by);
        return time.now();
    }

    // Jobs -----------------------------------------------------------------------------------------------------------

    static RenderPlan plan(String words) {
        return new RenderPlan(
                new Prompt(words, "", "", words, "", List.of(), List.of()),
                List.of(),
                null,
                null,
                null,
                Map.of(RenderPlan.SAMPLER, new Seed(7)),
                Missing.REFUSE,
                null,
                List.of());
    }

    static WorkflowTemplate template() {
        return new SmallWirer().defaultTemplate();
    }

    static Workflow workflow() {
        return template().graph();
    }

    static JobId id() {
        return new JobId(UUID.randomUUID());
    }

    static NewJob job(String words) {
        return job(words, Priority.INTERACTIVE, null, 0);
    }

    static NewJob job(String words, Priority priority, @Nullable BatchId batch, int item) {
        return new NewJob(
                id(),
                GenerationRequest.mix().plus(words),
                plan(words),
                template(),
                null,
                List.of(),
                priority,
                batch,
                item,
                null);
    }

    static NewJob filedUnder(AssetKey asset) {
        NewJob job = job("a lighthouse");
        return new NewJob(
                job.id(), job.request(), job.plan(), job.template(), asset, List.of(), job.priority(), null, 0, null);
    }

    static NewJob retry(JobRecord failed) {
        return new NewJob(
                id(),
                failed.request(),
                failed.plan(),
                template(),
                failed.filedUnder(),
                failed.warnings(),
                failed.priority(),
                failed.batch(),
                failed.item(),
                failed.id());
    }

    JobRecord accept(NewJob job) {
        return accept(List.of(job)).get(0);
    }

    List<JobRecord> accept(List<NewJob> jobs) {
        return ledger.accept(jobs, Integer.MAX_VALUE, null);
    }

    Start start(BackendId backend) {
        return new Start(backend, time.now());
    }

    JobId accepted() {
        return accept(job("a lighthouse")).id();
    }

    BatchRecord batch(String name, int jobs) {
        BatchRecord batch = new BatchRecord(new BatchId(UUID.randomUUID()), name, time.now());
        List<NewJob> made = new ArrayList<>();
        for (int i = 0; i < jobs; i++) {
            made.add(job("item " + i, Priority.BATCH, batch.id(), i));
        }
        ledger.accept(made, Integer.MAX_VALUE, batch);
        return batch;
    }

    /** Makes a job as a server would, up to its image. */
    void make(JobId id) {
        UUID prompt = UUID.randomUUID();
        ledger.attempt(id, ATTIC, prompt, workflow());
        ledger.started(id, start(ATTIC));
        ledger.files().reserve(id, List.of(), List.of("mix/" + id + ".png"), false, () -> {});
        ledger.attemptEnded(id, prompt, null);
        ledger.end(id, done(id));
    }

    Ending.Done done(JobId id) {
        ImageId image = new ImageId("mix/" + id + ".png");
        return new Ending.Done(
                GenerationRequest.mix().plus("a lighthouse"),
                new JobResult(
                        List.of(new Image(image, UPLOADS.resolve(image.path()), null, 64, 128, time.now())),
                        plan("a lighthouse"),
                        workflow(),
                        List.of(Problem.of("one LoRA was left out"))));
    }

    // The rows of db-scheduler ---------------------------------------------------------------------------------------

    int scheduled() {
        return count("select count(*) from scheduled_tasks");
    }

    void claim(JobId id) {
        database.jdbi()
                .useHandle(handle -> handle.execute(
                        "update scheduled_tasks set picked = true, picked_by = 'somebody' where task_instance = ?",
                        id.toString()));
    }

    int count(String query) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(query).mapTo(int.class).one());
    }

    /** Does things at the same time; tells what each gave. */
    static <T> List<T> together(List<Callable<T>> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(work)) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
