package dev.gaze.core.ledger;

import dev.gaze.api.job.JobId;
import dev.gaze.core.store.Sql;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** The names of image files that jobs have reserved. A name belongs to one job. */
public final class FileNames {
    private static final String UNIQUE_VIOLATION = "23505";

    private final Sql sql;
    private final boolean shared;

    FileNames(Sql sql, boolean shared) {
        this.sql = sql;
        this.shared = shared;
    }

    /**
     * Whether every name must be reserved, as another process that takes this one for dead may file the same job at the
     * same time.
     */
    public boolean mustBeReserved() {
        return shared;
    }

    /**
     * Returns when everything that was written down so far is on the disk, mostly at once: no image may be there before
     * its job.
     */
    public void awaitWritten() {
        sql.awaitForced();
    }

    /** What became of a wish for file names. */
    public enum Reserved {
        /** They are the job's. From now on a cancel comes too late. */
        YES,
        /** Another job holds one of them. */
        TAKEN,
        /** The job has ended or is to be stopped. */
        STOPPED
    }

    /**
     * Reserves file names for a job.
     *
     * @param before the names it had so far, given back with this
     * @param begun whether it was told to be too late for a cancel already
     * @param paths the names it wants
     * @param meanwhile run when it has them, while that goes to the disk; must not take long
     * @throws ClaimLost when it has other names than it thinks
     */
    public Reserved reserve(JobId id, List<String> before, List<String> paths, boolean begun, Runnable meanwhile) {
        try {
            return sql.inTransaction(handle -> reserve(handle, id, before, paths, begun), answer -> {
                if (answer == Reserved.YES) {
                    meanwhile.run();
                }
            });
        } catch (UnableToExecuteStatementException failure) {
            if (failure.getCause() instanceof SQLException refusal && UNIQUE_VIOLATION.equals(refusal.getSQLState())) {
                return Reserved.TAKEN;
            }
            throw failure;
        }
    }

    private static Reserved reserve(Handle handle, JobId id, List<String> before, List<String> paths, boolean begun) {
        if (!(begun ? JobTable.goesOn(handle, id) : JobTable.mayGoOn(handle, id))) {
            return Reserved.STOPPED;
        }
        if (release(handle, id) != before.size()) {
            throw new ClaimLost(id);
        }
        insert(handle, id, paths);
        return Reserved.YES;
    }

    /** In one order for everybody, so that no two wait for one another. */
    private static void insert(Handle handle, JobId id, List<String> paths) {
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

    /**
     * Whether a job that has reserved nothing may use a name without reserving it.
     *
     * @return false when another job has reserved it
     * @throws ClaimLost when names are reserved for the job, so that another turn has it
     */
    public boolean mayBeUsed(JobId id, String path) {
        return sql.withHandle(handle -> {
            List<UUID> holders = handle.createQuery(
                            "select job from job_file where path = ? union all select job from job_file where job = ?")
                    .bind(0, path)
                    .bind(1, id.value())
                    .mapTo(UUID.class)
                    .list();
            if (holders.contains(id.value())) {
                throw new ClaimLost(id);
            }
            return holders.isEmpty();
        });
    }

    /** The file names a job has reserved, in their order. */
    public List<String> reserved(JobId id) {
        return sql.withHandle(handle -> reserved(handle, id));
    }

    private static List<String> reserved(Handle handle, JobId id) {
        return handle.createQuery("select path from job_file where job = ? order by position")
                .bind(0, id.value())
                .mapTo(String.class)
                .list();
    }

    /**
     * Gives back the file names of a job that has not ended, while nobody can end it.
     *
     * @param names which it has
     * @param discard removes the files; not called when the job has ended, as they are its images then
     * @throws ClaimLost when it has other names than these
     */
    public void giveUp(JobId id, List<String> names, Consumer<List<String>> discard) {
        sql.useTransaction(handle -> {
            if (JobTable.goesOn(handle, id)) {
                if (!reserved(handle, id).equals(names)) {
                    throw new ClaimLost(id);
                }
                discard.accept(names);
                release(handle, id);
            }
        });
    }

    private static int release(Handle handle, JobId id) {
        return handle.execute("delete from job_file where job = ?", id.value());
    }
}
