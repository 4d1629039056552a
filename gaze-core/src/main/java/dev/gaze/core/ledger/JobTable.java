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
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
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
            + " priority, batch, item, retry_of, state, backend, submitted, started, ended, cancel, outcome from job ";

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

    static void insert(Handle handle, NewJob job, long number, String template, Instant now) {
        handle.createUpdate("insert into job (id, number, batch, item, replaced, retry_of, asset_category, asset_slug,"
                        + " priority, state, request, plan, template, warnings, submitted) values (:id, :number, :batch,"
                        + " :item, false, :retry, :category, :slug, :priority, 'QUEUED', :request, :plan, :template,"
                        + " :warnings, :now)")
                .bind("id", job.id().value())
                .bind("number", number)
                .bindByType("batch", job.batch() == null ? null : job.batch().value(), UUID.class)
                .bind("item", job.item())
                .bindByType(
                        "retry", job.retryOf() == null ? null : job.retryOf().value(), UUID.class)
                .bindByType(
                        "category",
                        job.filedUnder() == null ? null : job.filedUnder().category(),
                        String.class)
                .bindByType(
                        "slug",
                        job.filedUnder() == null ? null : job.filedUnder().slug(),
                        String.class)
                .bind("priority", job.priority().value())
                .bind("request", RecordJson.write(job.request()))
                .bind("plan", RecordJson.write(job.plan()))
                .bind("template", template)
                .bind("warnings", RecordJson.write(job.warnings()))
                .bind("now", time(now))
                .execute();
    }

    /** Locks the row of a job to the end of the transaction and tells its state; empty when there is none. */
    static Optional<Locked> lock(Handle handle, JobId id) {
        return handle.createQuery("select state, cancel, number, priority from job where id = ? for update")
                .bind(0, id.value())
                .map((rows, context) -> new Locked(
                        JobState.valueOf(rows.getString(1)), rows.getString(2), rows.getLong(3), rows.getInt(4)))
                .findOne();
    }

    /**
     * A locked row.
     *
     * @param cancel the problem with which somebody asked to stop it; null when nobody did
     */
    record Locked(JobState state, @Nullable String cancel, long number, int priority) {
        boolean mayGoOn() {
            return !state.ended() && cancel == null;
        }
    }

    static void end(Handle handle, JobId id, Ending how, Instant now) {
        handle.createUpdate("update job set state = :state, ended = :now, outcome = :outcome where id = :id")
                .bind("state", how.state().name())
                .bind("now", time(now))
                .bind("outcome", RecordJson.write(outcome(how)))
                .bind("id", id.value())
                .execute();
        handle.execute("update job_attempt set ended = ? where job = ? and ended is null", time(now), id.value());
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
                RecordJson.read(rows.getString("request"), GenerationRequest.class),
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
                outcome == null ? null : ending(handle, id, state, plan, RecordJson.read(outcome, Outcome.class)));
    }

    private Ending ending(Handle handle, JobId id, JobState state, RenderPlan plan, Outcome outcome) {
        if (state == JobState.DONE) {
            return new Ending.Done(new JobResult(
                    outcome.images().stream().map(image -> image.image(files)).toList(),
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
        handle.createQuery("select number, backend, prompt, workflow, sent, ended, problem from job_attempt"
                        + " where job = ? order by number")
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

    static OffsetDateTime time(Instant instant) {
        return instant.atOffset(java.time.ZoneOffset.UTC);
    }

    static Instant instant(ResultSet rows, String column) throws SQLException {
        return rows.getObject(column, OffsetDateTime.class).toInstant();
    }
}
