package dev.gaze.core.ledger;

import dev.gaze.api.job.JobId;
import dev.gaze.core.store.Sql;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** The names of image files that jobs have reserved. A name belongs to one job. */
public final class FileNames {
    private static final String UNIQUE_VIOLATION = "23505";

    private final Sql sql;

    FileNames(Sql sql) {
        this.sql = sql;
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
     * @param paths the names it wants
     * @param meanwhile run when it has them, while that goes to the disk; must not take long
     * @throws ClaimLost when it has other names than it thinks
     */
    public Reserved reserve(JobId id, List<String> before, List<String> paths, Runnable meanwhile) {
        try {
            return sql.inTransaction(handle -> reserve(handle, id, before, paths), answer -> {
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

    private static Reserved reserve(Handle handle, JobId id, List<String> before, List<String> paths) {
        if (!JobTable.rename(handle, id, before, paths)) {
            return stoppedOrTaken(handle, id);
        }
        release(handle, before);
        insert(handle, paths);
        return Reserved.YES;
    }

    private static Reserved stoppedOrTaken(Handle handle, JobId id) {
        if (JobTable.mayGoOn(handle, id)) {
            throw new ClaimLost(id);
        }
        return Reserved.STOPPED;
    }

    /** In one order for everybody, so that no two wait for one another. */
    private static void insert(Handle handle, List<String> paths) {
        try (PreparedBatch batch = handle.prepareBatch("insert into job_file (path) values (?)")) {
            paths.stream().sorted().forEach(batch::add);
            if (batch.size() > 0) {
                batch.execute();
            }
        }
    }

    /** The file names a job has reserved, in their order. */
    public List<String> reserved(JobId id) {
        return sql.withHandle(handle -> JobTable.names(handle, List.of(id.value())));
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
            boolean goesOn =
                    JobTable.lock(handle, id).filter(state -> !state.ended()).isPresent();
            if (goesOn) {
                if (!JobTable.names(handle, List.of(id.value())).equals(names)) {
                    throw new ClaimLost(id);
                }
                discard.accept(names);
                JobTable.nameless(handle, id);
                release(handle, names);
            }
        });
    }

    /** Anybody may have these names. */
    static void release(Handle handle, List<String> names) {
        if (!names.isEmpty()) {
            handle.createUpdate("delete from job_file where path in (<names>)")
                    .bindList("names", names)
                    .execute();
        }
    }
}
