package dev.gaze.core.ledger;

import dev.gaze.api.asset.Page;
import dev.gaze.api.job.BatchId;
import dev.gaze.api.job.JobState;
import dev.gaze.core.store.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The batches, and their jobs. A job that was tried again counts no more: the retry has its place. */
public final class BatchTable {
    private static final String CURRENT = " where batch = :batch and replaced = false ";

    private final Sql sql;
    private final JobTable jobs;

    BatchTable(Sql sql, JobTable jobs) {
        this.sql = sql;
        this.jobs = jobs;
    }

    static void insert(Handle handle, BatchRecord batch) {
        handle.execute(
                "insert into job_batch (id, name, submitted) values (?, ?, ?)",
                batch.id().value(),
                batch.name(),
                JobTable.time(batch.submitted()));
    }

    /** A batch by its id. */
    public Optional<BatchRecord> find(BatchId id) {
        return sql.withHandle(handle -> handle.createQuery("select id, name, submitted from job_batch where id = ?")
                .bind(0, id.value())
                .map((rows, context) -> batch(rows))
                .findOne());
    }

    /** The batches, the newest first. */
    public Page<BatchRecord> list(int offset, int limit) {
        return sql.withHandle(handle -> new Page<>(
                handle.createQuery("select id, name, submitted from job_batch order by submitted desc, id"
                                + " offset ? rows fetch next ? rows only")
                        .bind(0, offset)
                        .bind(1, limit)
                        .map((rows, context) -> batch(rows))
                        .list(),
                offset,
                handle.createQuery("select count(*) from job_batch")
                        .mapTo(int.class)
                        .one()));
    }

    private static BatchRecord batch(ResultSet rows) throws SQLException {
        return new BatchRecord(
                new BatchId(rows.getObject(1, UUID.class)), rows.getString(2), JobTable.instant(rows, "submitted"));
    }

    /** How many of its jobs are in each state; states without one are absent. */
    public Map<JobState, Integer> counts(BatchId id) {
        Map<JobState, Integer> counts = new EnumMap<>(JobState.class);
        sql.useHandle(handle -> handle.createQuery("select state, count(*) from job" + CURRENT + "group by state")
                .bind("batch", id.value())
                .map((rows, context) -> counts.put(JobState.valueOf(rows.getString(1)), rows.getInt(2)))
                .list());
        return counts;
    }

    /** Its jobs, in the order of the requests. */
    public List<JobRecord> jobs(BatchId id) {
        return sql.withHandle(handle -> jobs.select(handle, CURRENT + "order by item", Map.of("batch", id.value())));
    }

    /** How fast it goes; empty before the first job was run to an end. */
    public Optional<BatchRecord.Pace> pace(BatchId id) {
        return sql.withHandle(handle -> handle.createQuery("select count(*), min(started), max(ended) from job"
                        + CURRENT + "and started is not null and ended is not null")
                .bind("batch", id.value())
                .map((rows, context) -> rows.getInt(1) == 0
                        ? Optional.<BatchRecord.Pace>empty()
                        : Optional.of(new BatchRecord.Pace(
                                rows.getInt(1),
                                Duration.between(
                                        rows.getObject(2, OffsetDateTime.class),
                                        rows.getObject(3, OffsetDateTime.class)))))
                .one());
    }
}
