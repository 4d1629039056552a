package dev.gaze.core.ledger;

import dev.gaze.api.job.JobEvent;
import dev.gaze.api.job.JobId;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.workflow.WorkflowTemplate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Jobs on their way into the database. What takes long, writing them as JSON, is done before the transaction, in which
 * nobody else can write an event.
 *
 * @param rows the jobs
 * @param templates where their templates are kept
 * @param events where their first events go
 * @param first how the only job is going to be sent; null when that is not known
 */
record Acceptance(
        List<JobTable.Row> rows,
        Templates templates,
        EventLog events,
        @Nullable First first) {

    /** A first attempt, its graph as JSON. */
    record First(FirstAttempt attempt, String graph) {}

    static Acceptance of(List<NewJob> jobs, Templates templates, EventLog events, @Nullable FirstAttempt first) {
        if (jobs.isEmpty()) {
            throw new IllegalArgumentException("There is no job to accept");
        }
        return new Acceptance(
                jobs.stream()
                        .map(job -> JobTable.Row.of(job, templates.hash(job.template())))
                        .toList(),
                templates,
                events,
                first == null ? null : new First(first, RecordJson.write(first.workflow())));
    }

    /** The jobs as they stand when the transaction is committed. */
    Accepted write(Handle handle, int mostQueued, @Nullable BatchRecord batch, @Nullable String claimant, Instant now) {
        EventLog.Numbers numbers = EventLog.numbers(handle, rows.size(), rows.size());
        long from = numbers.first();
        int queued = numbers.queued();
        requireRoom(queued, mostQueued);
        if (batch != null) {
            BatchTable.insert(handle, batch);
        }
        Map<String, WorkflowTemplate> used = new HashMap<>();
        rows.forEach(row -> used.put(row.template(), row.job().template()));
        used.values().forEach(template -> templates.keep(handle, template));
        int position = queued - rows.size();
        List<JobRecord> records = new ArrayList<>();
        List<JobEvent> queuing = new ArrayList<>();
        for (JobTable.Row row : rows) {
            NewJob job = row.job();
            if (job.retryOf() != null) {
                replace(handle, job.retryOf());
            }
            records.add(JobRecord.of(job, from + records.size(), now));
            queuing.add(new JobEvent.Queued(job.id(), ++position));
        }
        JobTable.insert(handle, rows, from, now);
        events.add(handle, from, queuing);
        Schedule.add(handle, rows.stream().map(JobTable.Row::job).toList(), from, now, claimant);
        boolean attempted = first != null && queued == rows.size();
        if (attempted) {
            attempt(handle, first, now);
        }
        return new Accepted(records, attempted);
    }

    private void attempt(Handle handle, First first, Instant now) {
        FirstAttempt attempt = first.attempt;
        JobTable.firstAttempt(handle, rows.get(0).job().id(), attempt.backend(), attempt.prompt(), first.graph, now);
    }

    private void requireRoom(int queued, int mostQueued) {
        if (queued > mostQueued) {
            throw new GazeException(
                    Kind.UNAVAILABLE,
                    Problem.of("The queue is full: %,d jobs wait, at most %,d may; %,d more were handed in at once"
                                    .formatted(queued - rows.size(), mostQueued, rows.size()))
                            .fix((rows.size() > 1 ? "hand in a smaller batch, " : "")
                                    + "wait until some are done, cancel some, or raise limits.queued in gaze.json"));
        }
    }

    private static void replace(Handle handle, JobId failed) {
        if (handle.execute("update job set replaced = true where id = ? and replaced = false", failed.value()) == 0) {
            throw new GazeException(
                    Kind.CONFLICT,
                    Problem.of("Job %s was tried again already".formatted(failed))
                            .fix("try that job again"));
        }
    }
}
