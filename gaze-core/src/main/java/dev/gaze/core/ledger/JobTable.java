package dev.gaze.core.ledger;

import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.backend.BackendId;
import dev.gaze.api.image.ImageId;
import dev.gaze.api.job.Attempt;
import dev.gaze.api.job.BatchId;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.job.JobId;
import dev.gaze.api.job.JobResult;
import dev.gaze.api.job.JobState;
import dev.gaze.api.job.Priority;
import dev.gaze.api.plan.RenderPlan;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.workflow.Workflow;
import dev.gaze.core.ledger.EventLog.KeptImage;
import dev.gaze.core.store.Direct;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The rows of jobs and attempts, read and written.
 *
 * @param files where an image lies
 */
record JobTable(Function<ImageId, Path> files) {
    private static final String COLUMNS = "select id, number, request, plan, warnings, asset_category, asset_slug,"
            + " priority, batch, item, retry_of, state, backend, submitted, started, ended, cancel, outcome"
            + " from job join job_words on job = number ";

    /**
     * How a job ended, as it is kept.
     *
     * @param kind of a failure; null otherwise
     * @param problems of a failure, or why it was cancelled
     * @param images of one that is done
     * @param warnings of one that is done
     */
    public record Outcome(
            GazeException.@Nullable Kind kind,
            List<Problem> problems,
            List<KeptImage> images,
            List<Problem> warnings) {}

    // Writing --------------------------------------------------------------------------------------------------------

    /**
     * A job as it is about to be inserted, its values as JSON.
     *
     * @param template what its template is kept under
     */
    record Row(NewJob job, String template, String request, String plan, String warnings) {
        static Row of(NewJob job, String template) {
            return new Row(
                    job,
                    template,
                    RecordJson.write(job.request()),
                    RecordJson.write(job.plan()),
                    RecordJson.write(job.warnings()));
        }

        private Direct.Values values(long number, Instant now) {
            BatchId of = job.batch();
            JobId retry = job.retryOf();
            AssetKey asset = job.filedUnder();
            return new Direct.Values(
                    job.id().value(),
                    number,
                    of == null ? null : of.value(),
                    job.item(),
                    retry == null ? null : retry.value(),
                    asset == null ? null : asset.category(),
                    asset == null ? null : asset.slug(),
                    job.priority().value(),
                    template,
                    time(now));
        }
    }

    static void insert(Handle handle, List<Row> rows, long first, Instant now) {
        List<Direct.Values> facts = new ArrayList<>();
        List<Direct.Values> words = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            long number = first + i;
            facts.add(row.values(number, now));
            words.add(new Direct.Values(number, row.request, row.plan, row.warnings));
        }
        Direct.executeEach(
                handle,
                "insert into job (id, number, batch, item, replaced, retry_of, asset_category, asset_slug, priority, state,"
                        + " template, submitted) values (?, ?, ?, ?, false, ?, ?, ?, ?, 'QUEUED', ?, ?)",
                facts);
        Direct.executeEach(handle, "insert into job_words (job, request, plan, warnings) values (?, ?, ?, ?)", words);
    }

    /** Locks the row of a job to the end of the transaction and tells its state; empty when there is none. */
    static Optional<JobState> lock(Handle handle, JobId id) {
        return handle.createQuery("select state from job where id = ? for update")
                .bind(0, id.value())
                .mapTo(JobState.class)
                .findOne();
    }

    /**
     * Locks a job to the end of the transaction, if it may be sent or its images filed; false when it has ended or is to
     * be stopped. By an update that changes nothing, as H2 parses every {@code select … for update} anew.
     */
    static boolean mayGoOn(Handle handle, JobId id) {
        return handle.execute(
                        "update job set state = state where id = ? and state in ('QUEUED', 'RUNNING') and cancel is null",
                        id.value())
                > 0;
    }

    /** Locks a job to the end of the transaction; false when it has ended. */
    static boolean goesOn(Handle handle, JobId id) {
        return lock(handle, id).filter(state -> !state.ended()).isPresent();
    }

    static void firstAttempt(Handle handle, JobId id, BackendId backend, UUID prompt, String graph, Instant now) {
        Direct.execute(
                handle,
                "insert into job_attempt (job, number, backend, prompt, workflow, sent) values (?, 1, ?, ?, ?, ?)",
                id.value(),
                backend.name(),
                prompt,
                graph,
                time(now));
    }

    static void attempt(Handle handle, JobId id, BackendId backend, UUID prompt, String graph, Instant now) {
        handle.createUpdate("insert into job_attempt (job, number, backend, prompt, workflow, sent)"
                        + " select :job, coalesce(max(number), 0) + 1, :backend, :prompt, :workflow, :now"
                        + " from job_attempt where job = :job")
                .bind("job", id.value())
                .bind("backend", backend.name())
                .bind("prompt", prompt)
                .bind("workflow", graph)
                .bind("now", time(now))
                .execute();
    }

    static void attemptEnded(Handle handle, JobId id, UUID prompt, @Nullable Problem problem, Instant now) {
        handle.createUpdate("update job_attempt set ended = :now, problem = :problem where job = :job"
                        + " and prompt = :prompt and ended is null")
                .bind("now", time(now))
                .bindByType("problem", problem == null ? null : RecordJson.write(problem), String.class)
                .bind("job", id.value())
                .bind("prompt", prompt)
                .execute();
    }

    /** False when it did not wait. */
    static boolean started(Handle handle, JobId id, Start start) {
        return handle.createUpdate("update job set state = 'RUNNING', backend = :backend,"
                                + " started = coalesce(started, :now) where id = :id and state = 'QUEUED'")
                        .bind("backend", start.backend().name())
                        .bind("now", time(start.at()))
                        .bind("id", id.value())
                        .execute()
                > 0;
    }

    /** False when it did not run. */
    static boolean requeued(Handle handle, JobId id) {
        return handle.execute(
                        "update job set state = 'QUEUED', backend = null where id = ? and state = 'RUNNING'",
                        id.value())
                > 0;
    }

    /** Notes that somebody wants to stop it; only the first reason counts. */
    static void ask(Handle handle, JobId id, Problem why) {
        handle.execute("update job set cancel = coalesce(cancel, ?) where id = ?", RecordJson.write(why), id.value());
    }

    static Map<JobId, Problem> asked(Handle handle, Collection<JobId> ids) {
        Map<JobId, Problem> asked = new HashMap<>();
        handle.createQuery("select id, cancel from job where cancel is not null and id in (<ids>)")
                .bindList("ids", ids.stream().map(JobId::value).toList())
                .map((rows, context) -> asked.put(
                        new JobId(rows.getObject(1, UUID.class)), RecordJson.read(rows.getString(2), Problem.class)))
                .list();
        return asked;
    }

    /**
     * False when it was not in the state it is to end from.
     *
     * @param start that it ran, when that is not written yet; null when it is, or it did not
     */
    static boolean end(Handle handle, JobId id, JobState from, Ending how, Instant now, @Nullable Start start) {
        return Direct.execute(
                        handle,
                        "update job set state = ?, ended = ?, outcome = ?, backend = coalesce(?, backend),"
                                + " started = coalesce(started, ?) where id = ? and state = ?",
                        how.state().name(),
                        time(now),
                        RecordJson.write(outcome(how)),
                        start == null ? null : start.backend().name(),
                        start == null ? null : time(start.at()),
                        id.value(),
                        from.name())
                > 0;
    }

    private static Outcome outcome(Ending how) {
        if (how instanceof Ending.Done done) {
            JobResult result = done.result();
            return new Outcome(
                    null, List.of(), result.images().stream().map(KeptImage::of).toList(), result.warnings());
        }
        if (how instanceof Ending.Failed failed) {
            GazeException reason = failed.reason();
            return new Outcome(reason.kind(), reason.problems(), List.of(), List.of());
        }
        return new Outcome(null, List.of(((Ending.Cancelled) how).why()), List.of(), List.of());
    }

    // Reading --------------------------------------------------------------------------------------------------------

    Optional<JobRecord> find(Handle handle, JobId id) {
        return handle.createQuery(COLUMNS + "where id = ?")
                .bind(0, id.value())
                .map((rows, context) -> job(handle, rows))
                .findOne();
    }

    List<JobRecord> select(Handle handle, String where, Map<String, ?> values) {
        return handle.createQuery(COLUMNS + where)
                .bindMap(values)
                .map((rows, context) -> job(handle, rows))
                .list();
    }

    private JobRecord job(Handle handle, ResultSet rows) throws SQLException {
        JobId id = new JobId(rows.getObject("id", UUID.class));
        GenerationRequest request = RecordJson.read(rows.getString("request"), GenerationRequest.class);
        RenderPlan plan = RecordJson.read(rows.getString("plan"), RenderPlan.class);
        String category = rows.getString("asset_category");
        String backend = rows.getString("backend");
        String cancel = rows.getString("cancel");
        String outcome = rows.getString("outcome");
        UUID batch = rows.getObject("batch", UUID.class);
        UUID retry = rows.getObject("retry_of", UUID.class);
        JobState state = JobState.valueOf(rows.getString("state"));
        return new JobRecord(
                id,
                rows.getLong("number"),
                request,
                plan,
                RecordJson.readList(rows.getString("warnings"), Problem.class),
                category == null ? null : new AssetKey(category, rows.getString("asset_slug")),
                new Priority(rows.getInt("priority")),
                batch == null ? null : new BatchId(batch),
                rows.getInt("item"),
                retry == null ? null : new JobId(retry),
                state,
                backend == null ? null : new BackendId(backend),
                instant(rows, "submitted"),
                rows.getObject("started") == null ? null : instant(rows, "started"),
                rows.getObject("ended") == null ? null : instant(rows, "ended"),
                cancel == null ? null : RecordJson.read(cancel, Problem.class),
                outcome == null
                        ? null
                        : ending(handle, id, state, request, plan, RecordJson.read(outcome, Outcome.class)));
    }

    private Ending ending(
            Handle handle, JobId id, JobState state, GenerationRequest request, RenderPlan plan, Outcome outcome) {
        if (state == JobState.DONE) {
            return new Ending.Done(
                    request,
                    new JobResult(
                            outcome.images().stream()
                                    .map(image -> image.image(files))
                                    .toList(),
                            plan,
                            lastWorkflow(handle, id),
                            outcome.warnings()));
        }
        if (state == JobState.FAILED) {
            GazeException.Kind kind = outcome.kind() == null ? GazeException.Kind.FAILED : outcome.kind();
            return new Ending.Failed(new GazeException(kind, null, outcome.problems()));
        }
        return new Ending.Cancelled(outcome.problems().get(0));
    }

    private static Workflow lastWorkflow(Handle handle, JobId id) {
        return handle.createQuery(
                        "select workflow from job_attempt where job = ? order by number desc" + " fetch first row only")
                .bind(0, id.value())
                .mapTo(String.class)
                .findOne()
                .map(json -> RecordJson.read(json, Workflow.class))
                .orElseGet(() -> new Workflow(Map.of(), Map.of(), Map.of(), List.of()));
    }

    static List<Attempt> attempts(Handle handle, JobId id) {
        List<Attempt> attempts = new ArrayList<>();
        handle.createQuery("select a.number, a.backend, prompt, workflow, sent, coalesce(a.ended, job.ended) as ended,"
                        + " problem from job_attempt a join job on job.id = a.job where a.job = ? order by a.number")
                .bind(0, id.value())
                .map((rows, context) -> {
                    String problem = rows.getString("problem");
                    return new Attempt(
                            rows.getInt("number"),
                            new BackendId(rows.getString("backend")),
                            rows.getObject("prompt", UUID.class),
                            RecordJson.read(rows.getString("workflow"), Workflow.class),
                            instant(rows, "sent"),
                            rows.getObject("ended") == null ? null : instant(rows, "ended"),
                            problem == null ? null : RecordJson.read(problem, Problem.class));
                })
                .forEach(attempts::add);
        return attempts;
    }

    /** As exactly as both databases keep it. */
    static Instant kept(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS);
    }

    static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static Instant instant(ResultSet rows, String column) throws SQLException {
        return rows.getObject(column, OffsetDateTime.class).toInstant();
    }
}
