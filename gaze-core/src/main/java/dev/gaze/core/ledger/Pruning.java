package dev.gaze.core.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Forgets ended jobs, with all that is known of them (G45). What has not ended is never forgotten. */
final class Pruning {
    private static final int CHUNK = 500;
    private static final List<String> BELONGINGS = List.of("job_event", "job_attempt", "job_file");

    private Pruning() {}

    static int prune(Handle handle, Instant endedBy, int keep) {
        EventLog.numbers(handle, 0, 0); // nobody hands in a job meanwhile, whose template would seem unused
        List<UUID> old = new ArrayList<>(handle.createQuery("select id from job where ended <= ?")
                .bind(0, JobTable.time(endedBy))
                .mapTo(UUID.class)
                .list());
        old.addAll(handle.createQuery(
                        "select id from job where ended > ? order by ended desc, number desc" + " offset ? rows")
                .bind(0, JobTable.time(endedBy))
                .bind(1, keep)
                .mapTo(UUID.class)
                .list());
        for (int from = 0; from < old.size(); from += CHUNK) {
            remove(handle, old.subList(from, Math.min(from + CHUNK, old.size())));
        }
        if (!old.isEmpty()) {
            handle.execute("delete from job_template where not exists"
                    + " (select 1 from job where job.template = job_template.hash)");
            handle.execute("delete from job_batch where not exists (select 1 from job where job.batch = job_batch.id)");
        }
        return old.size();
    }

    private static void remove(Handle handle, List<UUID> jobs) {
        for (String table : BELONGINGS) {
            handle.createUpdate("delete from " + table + " where job in (<jobs>)")
                    .bindList("jobs", jobs)
                    .execute();
        }
        handle.createUpdate("delete from job where id in (<jobs>)")
                .bindList("jobs", jobs)
                .execute();
    }
}
