package dev.gaze.core.ledger;

import dev.gaze.api.job.JobId;
import dev.gaze.api.job.Priority;
import dev.gaze.api.time.Time;
import dev.gaze.core.store.Sql;

/** Which jobs are claimed by whom, apart from what db-scheduler does by itself. */
public final class ClaimTable {
    private final Sql sql;
    private final Time time;

    ClaimTable(Sql sql, Time time) {
        this.sql = sql;
        this.time = time;
    }

    /** Every claim is free again: for a database that nobody else has open, and whose last user may have died. */
    public void freeAll() {
        sql.useHandle(Schedule::freeAll);
    }

    /** Nobody claims a job any more, as it has ended. */
    public void remove(JobId id) {
        sql.useHandle(handle -> Schedule.remove(handle, id));
    }

    /** Anybody may claim a job again that a claimant held; nothing happens when it was taken from it meanwhile. */
    public void giveBack(JobId id, String claimant) {
        sql.useHandle(handle -> Schedule.free(handle, id, claimant));
    }

    /** The claims of a claimant hold on. */
    public void beat(String claimant) {
        sql.useHandle(handle -> Schedule.beat(handle, claimant, time.now()));
    }

    /** How many jobs nobody has claimed are more urgent than this; 64 stands for more. */
    public int waitingAbove(Priority priority) {
        return sql.withHandle(handle -> Schedule.waitingAbove(handle, priority));
    }
}
