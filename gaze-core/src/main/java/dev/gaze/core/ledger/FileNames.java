package dev.gaze.core.ledger;

import dev.gaze.api.job.JobId;
import java.util.List;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The names of image files that jobs have reserved. A name belongs to one job. */
final class FileNames {
    private FileNames() {}

    /** Reserves names in place of those a job had; in one order for everybody, so that no two wait for one another. */
    static void reserve(Handle handle, JobId id, List<String> paths) {
        release(handle, id);
        try (PreparedBatch batch = handle.prepareBatch("insert into job_file (path, job, position) values (?, ?, ?)")) {
            IntStream.range(0, paths.size())
                    .boxed()
                    .sorted((one, other) -> paths.get(one).compareTo(paths.get(other)))
                    .forEach(position -> batch.add(paths.get(position), id.value(), position));
            if (batch.size() > 0) {
                batch.execute();
            }
        }
    }

    static List<String> reserved(Handle handle, JobId id) {
        return handle.createQuery("select path from job_file where job = ? order by position")
                .bind(0, id.value())
                .mapTo(String.class)
                .list();
    }

    static void release(Handle handle, JobId id) {
        handle.execute("delete from job_file where job = ?", id.value());
    }
}
