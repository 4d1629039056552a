package dev.gaze.core.ledger;

import dev.gaze.api.job.JobId;
import dev.gaze.api.job.Priority;
import dev.gaze.core.store.Direct;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Our rows in the table of db-scheduler, which claims them. Written here so that a job and its row are one transaction. */
final class Schedule {
    static final String TASK = "job";

    private static final String OURS = " task_name = '" + TASK + "' ";

    private Schedule() {}

    /**
     * Due at once, in the order of their numbers. The table knows no order but time, so a number counts microseconds, the
     * finest both databases keep, from a day long past: whatever is done to the clock, no job is due later for it.
     *
     * @param first the number of the first job; the others follow
     */
    static void add(Handle handle, List<NewJob> jobs, long first, Instant now, @Nullable String claimant) {
        List<Direct.Values> rows = new ArrayList<>();
        for (NewJob job : jobs) {
            rows.add(new Direct.Values(
                    job.id().toString(),
                    JobTable.time(Instant.EPOCH.plus(first + rows.size(), ChronoUnit.MICROS)),
                    claimant != null,
                    claimant,
                    claimant == null ? null : JobTable.time(now),
                    priority(job.priority())));
        }
        Direct.executeEach(
                handle,
                "insert into scheduled_tasks (task_name, task_instance, execution_time, picked, picked_by, last_heartbeat,"
                        + " consecutive_failures, version, priority) values ('" + TASK + "', ?, ?, ?, ?, ?, 0, 1, ?)",
                rows);
    }

    /** Its column is narrower than our priorities. */
    private static short priority(Priority priority) {
        return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, priority.value()));
    }

    /** One that somebody has claimed stays: whoever holds the claim gives it back. */
    static void removeUnclaimed(Handle handle, JobId id) {
        handle.execute(
                "delete from scheduled_tasks where" + OURS + "and task_instance = ? and picked = false", id.toString());
    }

    static void removeOf(Handle handle, JobId id, String claimant) {
        Direct.execute(
                handle,
                "delete from scheduled_tasks where" + OURS + "and task_instance = ? and picked_by = ?",
                id.toString(),
                claimant);
    }

    static void remove(Handle handle, JobId id) {
        handle.execute("delete from scheduled_tasks where" + OURS + "and task_instance = ?", id.toString());
    }

    static void free(Handle handle, JobId id, String claimant) {
        handle.execute(
                "update scheduled_tasks set picked = false, picked_by = null, last_heartbeat = null,"
                        + " version = version + 1 where" + OURS + "and task_instance = ? and picked_by = ?",
                id.toString(),
                claimant);
    }

    static void beat(Handle handle, String claimant, Instant now) {
        handle.execute(
                "update scheduled_tasks set last_heartbeat = ? where" + OURS + "and picked = true and picked_by = ?",
                JobTable.time(now),
                claimant);
    }

    static void prioritise(Handle handle, JobId id, Priority priority) {
        handle.execute(
                "update scheduled_tasks set priority = ? where" + OURS + "and task_instance = ?",
                priority(priority),
                id.toString());
    }

    static void freeAll(Handle handle) {
        handle.execute("update scheduled_tasks set picked = false, picked_by = null, last_heartbeat = null,"
                + " version = version + 1 where" + OURS + "and picked = true");
    }

    static int waitingAbove(Handle handle, Priority priority) {
        return handle.createQuery("select count(*) from (select 1 from scheduled_tasks where" + OURS
                        + "and picked = false and priority > ? fetch first 64 rows only) waiting")
                .bind(0, priority(priority))
                .mapTo(int.class)
                .one();
    }
}
