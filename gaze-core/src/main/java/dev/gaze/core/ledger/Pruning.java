package dev.gaze.core.ledger;

import dev.gaze.core.store.Sql;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Forgets ended jobs, with all that is known of them (G45), a few at a time, so that nobody waits for it. What has not
 * ended is never forgotten, and neither is a part of a batch that goes on.
 */
final class Pruning {
    private static final int CHUNK = 500;
    private static final List<String> BELONGINGS = List.of("job_event", "job_attempt", "job_file");
    private static final String SPARED = " and (batch is null or batch not in"
            + " (select batch from job where batch is not null and state in ('QUEUED', 'RUNNING')))";

    private Pruning() {}

    static int prune(Sql sql, Instant endedBy, int keep) {
        int pruned = 0;
        int some;
        do {
            some = sql.inTransaction(handle -> remove(handle, old(handle, endedBy, keep)));
            pruned += some;
        } while (some > 0);
        if (pruned > 0) {
            sql.useTransaction(Pruning::tidy);
        }
        return pruned;
    }

    /** The oldest of those that may go. */
    private static List<UUID> old(Handle handle, Instant endedBy, int keep) {
        List<UUID> old = handle.createQuery("select id from job where ended <= :by" + SPARED
                        + " order by ended, number fetch first " + CHUNK + " rows only")
                .bind("by", JobTable.time(endedBy))
                .mapTo(UUID.class)
                .list();
        if (!old.isEmpty()) {
            return old;
        }
        int beyond = handle.createQuery("select count(*) from job where ended is not null" + SPARED)
                        .mapTo(int.class)
                        .one()
                - keep;
        return handle.createQuery("select id from job where ended is not null" + SPARED
                        + " order by ended, number fetch first :some rows only")
                .bind("some", Math.max(0, Math.min(CHUNK, beyond)))
                .mapTo(UUID.class)
                .list();
    }

    private static int remove(Handle handle, List<UUID> jobs) {
        if (jobs.isEmpty()) {
            return 0;
        }
        for (String table : BELONGINGS) {
            handle.createUpdate("delete from " + table + " where job in (<jobs>)")
                    .bindList("jobs", jobs)
                    .execute();
        }
        handle.createUpdate("delete from job_words where job in (select number from job where id in (<jobs>))")
                .bindList("jobs", jobs)
                .execute();
        return handle.createUpdate("delete from job where id in (<jobs>)")
                .bindList("jobs", jobs)
                .execute();
    }

    /** What no job needs any more. Meanwhile nobody hands in a job whose template would seem unused. */
    private static void tidy(Handle handle) {
        EventLog.numbers(handle, 0, 0);
        handle.execute("delete from job_template where hash not in (select distinct template from job)");
        handle.execute("delete from job_batch where not exists (select 1 from job where job.batch = job_batch.id)");
    }
}
