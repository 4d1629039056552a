package dev.gaze.core.ledger;

import dev.gaze.api.backend.BackendId;
import dev.gaze.api.image.ImageId;
import dev.gaze.api.job.Attempt;
import dev.gaze.api.job.JobEvent;
import dev.gaze.api.job.JobId;
import dev.gaze.api.job.JobNews;
import dev.gaze.api.job.JobState;
import dev.gaze.api.job.Priority;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.time.Time;
import dev.gaze.api.workflow.Workflow;
import dev.gaze.api.workflow.WorkflowTemplate;
import dev.gaze.core.store.Database;
import dev.gaze.core.store.Signals;
import dev.gaze.core.store.Sql;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jspecify.annotations.Nullable;

/**
 * The door to the durable record of jobs. Every change is one transaction, and has happened when its method returns. Safe
 * for use by several threads and several processes.
 */
public final class Ledger {
    /** The name of our task with db-scheduler. */
    public static final String TASK = Schedule.TASK;

    /** The topic under which other processes are told that something about jobs has changed. */
    public static final String SIGNALS = "jobs";

    private static final System.Logger LOG = System.getLogger(Ledger.class.getName());

    private final Sql sql;
    private final Signals signals;
    private final Time time;
    private final JobTable jobs;
    private final EventLog events;
    private final JobLists lists;
    private final BatchTable batches;
    private final ClaimTable claims;
    private final FileNames files;
    private final Chronicle chronicle;
    private final Templates templates = new Templates();

    /**
     * The ledger of a database.
     *
     * @param database with our tables
     * @param time the clock
     * @param files where an image lies
     * @param chronicle writes down what was made
     */
    public Ledger(Database database, Time time, Function<ImageId, Path> files, Chronicle chronicle) {
        this.chronicle = chronicle;
        sql = database.sql();
        signals = database.signals();
        this.time = time;
        jobs = new JobTable(files);
        events = new EventLog(files);
        lists = new JobLists(sql, jobs);
        batches = new BatchTable(sql, jobs);
        claims = new ClaimTable(sql, time);
        this.files = new FileNames(sql, database.isServer());
    }

    // Handing in -----------------------------------------------------------------------------------------------------

    /**
     * Writes jobs down, all or none, each with its first event and its place with db-scheduler. One that is tried again
     * takes the place of the earlier one in its batch.
     *
     * @param accepted the jobs, in their order
     * @param mostQueued how many may wait altogether
     * @param batch the batch that begins with them; null when it has begun, or there is none
     * @return as they stand
     * @throws GazeException {@code UNAVAILABLE} when more would wait than may; {@code CONFLICT} when a job was tried again
     *     already
     */
    public List<JobRecord> accept(List<NewJob> accepted, int mostQueued, @Nullable BatchRecord batch) {
        Acceptance acceptance = Acceptance.of(accepted, templates, events, null);
        Instant now = JobTable.kept(time.now());
        return changing(handle -> acceptance.write(handle, mostQueued, batch, null, now))
                .jobs();
    }

    /**
     * Writes a job down as claimed.
     *
     * @param accepted the job
     * @param mostQueued how many may wait altogether
     * @param claimant who claims it in the same moment
     * @param first how it is going to be sent, when a server has a place for it; null when none has
     * @param begin called as soon as it outlives this process, while it goes to the disk; must not take long
     * @return as it stands
     * @throws GazeException as the other one
     */
    public Accepted accept(
            NewJob accepted, int mostQueued, String claimant, @Nullable FirstAttempt first, Consumer<Accepted> begin) {
        Acceptance acceptance = Acceptance.of(List.of(accepted), templates, events, first);
        Instant now = JobTable.kept(time.now());
        return changing(handle -> acceptance.write(handle, mostQueued, null, claimant, now), begin);
    }

    // On the way -----------------------------------------------------------------------------------------------------

    /**
     * Writes down that a job is about to be sent.
     *
     * @return false when it has ended or is to be stopped; nothing is written then
     */
    public boolean attempt(JobId id, BackendId backend, UUID prompt, Workflow workflow) {
        String graph = RecordJson.write(workflow);
        return sql.inTransaction(handle -> {
            if (!JobTable.mayGoOn(handle, id)) {
                return false;
            }
            JobTable.attempt(handle, id, backend, prompt, graph, time.now());
            return true;
        });
    }

    /**
     * Writes down that a prompt is over.
     *
     * @param problem why it came to nothing; null when it did not, or was stopped
     */
    public void attemptEnded(JobId id, UUID prompt, @Nullable Problem problem) {
        sql.useHandle(handle -> JobTable.attemptEnded(handle, id, prompt, problem, time.now()));
    }

    /**
     * A server works on a job.
     *
     * @return false when it does not wait
     */
    public boolean started(JobId id, Start start) {
        return changing(handle -> {
            boolean waited = JobTable.started(handle, id, start);
            if (waited) {
                events.add(handle, -1, new JobEvent.Started(id, start.backend()));
            }
            return waited;
        });
    }

    /**
     * A job waits again.
     *
     * @return false when it did not run
     */
    public boolean requeued(JobId id, Problem problem) {
        return changing(handle -> {
            boolean ran = JobTable.requeued(handle, id);
            if (ran) {
                events.add(handle, 1, new JobEvent.Requeued(id, problem));
            }
            return ran;
        });
    }

    // The end --------------------------------------------------------------------------------------------------------

    /** Ends a job, whose claim whoever holds it gives up by itself; true for exactly one caller. */
    public boolean end(JobId id, Ending how) {
        return end(id, how, null, null);
    }

    /**
     * Ends a job.
     *
     * @param claimant whose claim ends with it; null when it ends otherwise
     * @param start that it ran, when that was not written down yet; null when it was, or it did not
     * @return true for exactly one caller
     */
    public boolean end(JobId id, Ending how, @Nullable String claimant, @Nullable Start start) {
        Instant now = time.now();
        try {
            return changing(handle -> {
                boolean first = end(handle, id, how, claimant, start, now);
                if (first) {
                    tell(handle, id, how, now);
                }
                return first;
            });
        } catch (Untold untold) {
            LOG.log(Level.WARNING, "Job {0} is done, but was not written into the history; the DEBUG log says why", id);
            LOG.log(Level.DEBUG, "The history refused a job", untold.getCause()); // which may tell words of its prompt
            return changing(handle -> end(handle, id, how, claimant, start, now));
        }
    }

    private boolean end(
            Handle handle, JobId id, Ending how, @Nullable String claimant, @Nullable Start start, Instant now) {
        boolean first = start != null && end(handle, id, JobState.QUEUED, how, start, now)
                || end(handle, id, JobState.RUNNING, how, null, now) // as nearly all do
                || JobTable.lock(handle, id)
                        .filter(state -> end(handle, id, state, how, null, now))
                        .isPresent();
        if (first && claimant != null) {
            Schedule.removeOf(handle, id, claimant);
        }
        return first;
    }

    /** False, and nothing is written, when it is not in the state it is to end from, or that is an end already. */
    private boolean end(Handle handle, JobId id, JobState from, Ending how, @Nullable Start start, Instant now) {
        boolean first = !from.ended() && JobTable.end(handle, id, from, how, now, start);
        if (first) {
            int queued = from == JobState.QUEUED ? -1 : 0;
            if (start == null) {
                events.add(handle, queued, how.event(id));
            } else {
                events.add(handle, queued, new JobEvent.Started(id, start.backend()), how.event(id));
            }
        }
        return first;
    }

    /** Whatever goes wrong in the chronicle, the job ends all the same: in a second transaction, as it hardly ever does. */
    private void tell(Handle handle, JobId id, Ending how, Instant now) {
        if (how instanceof Ending.Done done) {
            try {
                chronicle.made(handle, id, done.request(), done.result(), now);
            } catch (RuntimeException failure) {
                throw new Untold(failure);
            }
        }
    }

    /** What became of a wish to stop a job. */
    public enum Cancel {
        /** It had not been sent anywhere: it has ended. */
        ENDED,
        /** Whoever makes it will stop it. */
        ASKED,
        /** It has ended, or its images are being filed; should that fail, it is stopped all the same. */
        TOO_LATE,
        /** It runs, and is left alone. */
        RUNS,
        /** There is no such job. */
        UNKNOWN
    }

    /**
     * Asks to stop a job.
     *
     * @param onlyQueued whether one that runs is left alone
     */
    public Cancel cancel(JobId id, Problem why, boolean onlyQueued) {
        return changing(handle -> {
            JobState state = JobTable.lock(handle, id).orElse(null);
            Cancel what = cancel(handle, id, state, onlyQueued);
            if (state != null && !state.ended() && what != Cancel.RUNS) {
                JobTable.ask(handle, id, why); // also when its images are being filed, as that may fail
            }
            if (what == Cancel.ENDED) {
                end(handle, id, JobState.QUEUED, new Ending.Cancelled(why), null, time.now());
                Schedule.removeUnclaimed(handle, id); // whoever has claimed it will see that it has ended
            }
            return what;
        });
    }

    private Cancel cancel(Handle handle, JobId id, @Nullable JobState state, boolean onlyQueued) {
        if (state == null) {
            return Cancel.UNKNOWN;
        }
        boolean filing = !state.ended() && lists.filing(handle, id);
        if (onlyQueued && (state == JobState.RUNNING || filing)) {
            return Cancel.RUNS;
        }
        if (state.ended() || filing) {
            return Cancel.TOO_LATE;
        }
        return state == JobState.QUEUED && !lists.sent(handle, id) ? Cancel.ENDED : Cancel.ASKED;
    }

    /** Which of some jobs somebody wanted to stop, and why; those that have ended for it are among them. */
    public Map<JobId, Problem> asked(Collection<JobId> ids) {
        return ids.isEmpty() ? Map.of() : sql.withHandle(handle -> JobTable.asked(handle, ids));
    }

    // Transactions ---------------------------------------------------------------------------------------------------

    /** A transaction of which others are told when it is committed. */
    private <T> T changing(HandleCallback<T, RuntimeException> change) {
        return changing(change, committed -> {});
    }

    private <T> T changing(HandleCallback<T, RuntimeException> change, Consumer<T> meanwhile) {
        return sql.inTransaction(
                handle -> {
                    T result = change.withHandle(handle);
                    signals.send(handle, SIGNALS, "");
                    return result;
                },
                meanwhile);
    }

    // Steering -------------------------------------------------------------------------------------------------------

    /**
     * Changes how urgent a job is.
     *
     * @return false when it does not wait
     */
    public boolean prioritise(JobId id, Priority priority) {
        return changing(handle -> {
            int changed = handle.execute(
                    "update job set priority = ? where id = ? and state = 'QUEUED'", priority.value(), id.value());
            if (changed > 0) {
                Schedule.prioritise(handle, id, priority);
            }
            return changed > 0;
        });
    }

    /** Lets nothing be sent, or everything again. */
    public void pause(boolean paused) {
        changing(handle -> handle.execute("update job_queue set paused = ? where id = 1", paused));
    }

    /** Whether nothing is to be sent. */
    public boolean paused() {
        return sql.withHandle(handle -> handle.createQuery("select paused from job_queue where id = 1")
                .mapTo(boolean.class)
                .one());
    }

    /** Forgets jobs that ended at an instant or before, and the oldest ones beyond a number; says how many. */
    public int prune(Instant endedBy, int keep) {
        return Pruning.prune(sql, endedBy, keep);
    }

    // Looking --------------------------------------------------------------------------------------------------------

    /** A job as it stands. */
    public Optional<JobRecord> find(JobId id) {
        return sql.withHandle(handle -> jobs.find(handle, id));
    }

    /** The template of a job that exists. */
    public WorkflowTemplate template(JobId id) {
        return sql.withHandle(handle -> templates.of(handle, id));
    }

    /** The attempts of a job, in order. */
    public List<Attempt> attempts(JobId id) {
        return sql.withHandle(handle -> JobTable.attempts(handle, id));
    }

    /** How many jobs wait. */
    public int queued() {
        return sql.withHandle(EventLog::queued);
    }

    /** Kept events after a number, in order. */
    public List<JobNews> events(long after, @Nullable JobId job, int limit) {
        return sql.withHandle(handle -> events.after(handle, after, job, limit));
    }

    /** The number of the newest event. */
    public long lastEvent() {
        return sql.withHandle(EventLog::last);
    }

    /** The batches. */
    public BatchTable batches() {
        return batches;
    }

    /** Questions about many jobs, or about less than a whole one. */
    public JobLists lists() {
        return lists;
    }

    /** The names of image files. */
    public FileNames files() {
        return files;
    }

    /** Who has claimed what. */
    public ClaimTable claims() {
        return claims;
    }
}
