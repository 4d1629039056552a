package dev.gaze.core.ledger;

import dev.gaze.api.asset.Page;
import dev.gaze.api.job.JobId;
import dev.gaze.api.job.JobQuery;
import dev.gaze.api.job.JobState;
import dev.gaze.api.job.Priority;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.store.Sql;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Questions about many jobs, or about less than a whole one. */
public final class JobLists {
    private final Sql sql;
    private final JobTable jobs;

    JobLists(Sql sql, JobTable jobs) {
        this.sql = sql;
        this.jobs = jobs;
    }

    // One job --------------------------------------------------------------------------------------------------------

    /**
     * The little that may change while a job waits.
     *
     * @param state where it stands
     * @param priority how urgent it is
     * @param cancelRequested why it is to be stopped; null when nobody asked for that
     */
    public record Standing(
            JobState state, Priority priority, @Nullable Problem cancelRequested) {}

    /** How a job stands. */
    public Optional<Standing> standing(JobId id) {
        return sql.withHandle(handle -> handle.createQuery("select state, priority, cancel from job where id = ?")
                .bind(0, id.value())
                .map((rows, context) -> {
                    String cancel = rows.getString(3);
                    return new Standing(
                            JobState.valueOf(rows.getString(1)),
                            new Priority(rows.getInt(2)),
                            cancel == null ? null : RecordJson.read(cancel, Problem.class));
                })
                .findOne());
    }

    /** The state of a job. */
    public Optional<JobState> state(JobId id) {
        return sql.withHandle(handle -> handle.createQuery("select state from job where id = ?")
                .bind(0, id.value())
                .mapTo(JobState.class)
                .findOne());
    }

    /** Whether names are reserved for its images, which are being filed then. */
    boolean filing(Handle handle, JobId id) {
        return exists(handle, "select 1 from job_file where job = ? fetch first row only", id);
    }

    /** Whether a prompt of it may be on a server. */
    boolean sent(Handle handle, JobId id) {
        return exists(handle, "select 1 from job_attempt where job = ? and ended is null fetch first row only", id);
    }

    private static boolean exists(Handle handle, String query, JobId id) {
        return handle.createQuery(query)
                .bind(0, id.value())
                .mapTo(int.class)
                .findOne()
                .isPresent();
    }

    // Many -----------------------------------------------------------------------------------------------------------

    /** Jobs that answer a query, the newest first. */
    public Page<JobRecord> list(JobQuery query, int offset, int limit) {
        List<String> terms = new ArrayList<>();
        Map<String, Object> values = new HashMap<>();
        if (!query.states().isEmpty()) {
            terms.add("state in ("
                    + String.join(
                            ", ",
                            query.states().stream()
                                    .map(state -> "'" + state.name() + "'")
                                    .toList())
                    + ")");
        }
        if (query.batch() != null) {
            terms.add("batch = :batch");
            values.put("batch", query.batch().value());
        }
        if (query.asset() != null) {
            terms.add("asset_category = :category and asset_slug = :slug");
            values.put("category", query.asset().category());
            values.put("slug", query.asset().slug());
        }
        if (query.from() != null) {
            terms.add("submitted >= :from");
            values.put("from", JobTable.time(query.from()));
        }
        if (query.before() != null) {
            terms.add("submitted < :before");
            values.put("before", JobTable.time(query.before()));
        }
        String where = terms.isEmpty() ? "" : "where " + String.join(" and ", terms) + " ";
        return sql.withHandle(handle -> {
            int total = handle.createQuery("select count(*) from job " + where)
                    .bindMap(values)
                    .mapTo(int.class)
                    .one();
            Map<String, Object> paged = new HashMap<>(values);
            paged.put("offset", offset);
            paged.put("limit", limit);
            return new Page<>(
                    jobs.select(
                            handle,
                            where + "order by number desc offset :offset rows fetch next :limit rows only",
                            paged),
                    offset,
                    total);
        });
    }

    /** 1 for the next one to start; 0 unless it waits. */
    public int position(JobId id) {
        return sql.withHandle(handle -> handle.createQuery("select count(*) from job j, job mine where mine.id = ?"
                        + " and mine.state = 'QUEUED' and j.state = 'QUEUED' and (j.priority > mine.priority"
                        + " or j.priority = mine.priority and j.number <= mine.number)")
                .bind(0, id.value())
                .mapTo(int.class)
                .one());
    }

    /** How many jobs there are in each state. */
    public Map<JobState, Long> counts() {
        Map<JobState, Long> counts = new EnumMap<>(JobState.class);
        for (JobState state : JobState.values()) {
            counts.put(state, 0L);
        }
        sql.useHandle(handle -> handle.createQuery("select state, count(*) from job group by state")
                .map((rows, context) -> counts.put(JobState.valueOf(rows.getString(1)), rows.getLong(2)))
                .list());
        return counts;
    }

    /** Whether a job has begun and not ended. */
    public boolean hasUnfinished() {
        return sql.withHandle(handle -> handle.createQuery(
                        "select 1 from job where state in ('QUEUED', 'RUNNING') fetch first row only")
                .mapTo(int.class)
                .findOne()
                .isPresent());
    }
}
