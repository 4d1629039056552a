package dev.gaze.core.job;

import dev.gaze.api.backend.RenderOutput;
import dev.gaze.api.image.Image;
import dev.gaze.api.job.Attempt;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.job.JobResult;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.workflow.Workflow;
import dev.gaze.core.image.ImageFiler;
import dev.gaze.core.image.LeftFiles;
import dev.gaze.core.ledger.Ending;
import dev.gaze.core.ledger.Ledger;
import dev.gaze.core.store.DatabaseLost;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Files the images of one job, exactly once. A single PNG gets a name that is free, and tells itself whose it is; the
 * names of anything else, and of all files where other processes share the database, are reserved in the ledger first.
 * Each file is moved into place whole, then the end is written down. A process that dies between any two of these steps
 * leaves enough behind for the next one to finish.
 */
final class Filing {
    private static final System.Logger LOG = System.getLogger(Filing.class.getName());

    private final LiveJob job;
    private final Desk desk;
    private final Ledger ledger;
    /** The names it has reserved; null until somebody has asked for them. */
    private @Nullable List<String> held;
    /** The name it uses without having reserved it; null when there is none. */
    private @Nullable String unreserved;

    private boolean stopped;

    Filing(LiveJob job, Desk desk) {
        this.job = job;
        this.desk = desk;
        ledger = desk.ledger();
    }

    /** The end of a job whose files were all in place when its process died; empty when there is more to do. */
    Optional<Ending> repair() {
        List<String> reserved = reserved();
        Optional<List<Image>> whole = reserved.isEmpty()
                ? unreserved()
                : left().whole(job.id(), reserved, job.prepared().filedUnder());
        if (whole.isPresent()) {
            List<Attempt> attempts = ledger.attempts(job.id());
            Workflow workflow = attempts.get(attempts.size() - 1).workflow();
            return Optional.of(done(whole.get(), workflow, List.of()));
        }
        if (job.open().isEmpty()) { // nowhere left to fetch the rest from
            abandon();
        }
        return Optional.empty();
    }

    private Optional<List<Image>> unreserved() {
        return job.isFresh() || job.open().isEmpty() || ledger.files().areShared()
                ? Optional.empty()
                : left().find(
                                job.id(),
                                job.prepared().filedUnder(),
                                job.record().submitted())
                        .map(List::of);
    }

    private LeftFiles left() {
        return desk.workshop().filer().left();
    }

    /** What was begun cannot be finished: a new run files all of its images anew. */
    void abandon() {
        if (unreserved != null) {
            left().discard(job.id(), List.of(unreserved));
            unreserved = null;
        }
        if (!reserved().isEmpty()) {
            ledger.files().giveUp(job.id(), reserved(), names -> left().discard(job.id(), names));
            held = List.of();
        }
        job.filedNothing();
    }

    /** No run comes after this one: what cannot be removed stays, and keeps nobody from being told how the job ends. */
    void abandonForGood() {
        try {
            abandon();
        } catch (DatabaseLost lost) {
            throw lost;
        } catch (GazeException failure) {
            LOG.log(Level.WARNING, "What job " + job.id() + " had begun to file could not be removed", failure);
        }
    }

    /**
     * Files what a run has made.
     *
     * @throws GazeException as {@link ImageFiler#file}; nothing is reserved then
     */
    Ending file(KnownServer server, Dispatch.Sent sent, List<RenderOutput> outputs) {
        try {
            ImageFiler.Filed filed = desk.workshop()
                    .filer()
                    .file(outputs, job.prepared().filedUnder(), sent.madeWith(), new Names(), desk.beside());
            job.attemptEnded(sent.prompt(), false);
            return done(filed.images(), sent.workflow(), filed.warnings());
        } catch (DatabaseLost lost) {
            throw lost; // what is reserved stays so, and is looked at when the job comes again
        } catch (GazeException failure) {
            if (stopped) {
                return new Ending.Cancelled(failure.problems().get(0));
            }
            if (!desk.closing()) {
                abandon();
            }
            throw failure;
        }
    }

    private Ending done(List<Image> images, Workflow workflow, List<Problem> filing) {
        Prepared prepared = job.prepared();
        GenerationRequest request = prepared.request();
        Set<Problem> warnings = new LinkedHashSet<>(prepared.plan().warnings());
        warnings.addAll(workflow.warnings());
        warnings.addAll(triedBefore());
        warnings.addAll(filing);
        if (prepared.filedUnder() != null) {
            warnings.addAll(desk.workshop()
                    .covers()
                    .update(
                            prepared.filedUnder(),
                            request.settings().cover(),
                            images.get(0).id(),
                            request.selection()));
        }
        return new Ending.Done(request, new JobResult(images, prepared.plan(), workflow, new ArrayList<>(warnings)));
    }

    private List<Problem> triedBefore() {
        if (job.tries() == 0) {
            return List.of();
        }
        return ledger.attempts(job.id()).stream()
                .filter(attempt -> attempt.problem() != null)
                .map(attempt -> Problem.of("It was run again, as attempt %d came to nothing: %s"
                                .formatted(attempt.number(), attempt.problem().what()))
                        .at(attempt.backend().name()))
                .toList();
    }

    private List<String> reserved() {
        List<String> names = held;
        if (names == null) {
            names = job.isFresh() ? List.of() : ledger.files().reserved(job.id());
            held = names;
        }
        return names;
    }

    /** The names of the job's files, as the ledger knows them. */
    private final class Names implements ImageFiler.Names {
        @Override
        public List<String> reserved() {
            return Filing.this.reserved();
        }

        @Override
        public boolean reserve(List<String> paths, Runnable meanwhile) {
            return needNoReserving(paths) ? use(paths.get(0), meanwhile) : reserveInLedger(paths, meanwhile);
        }

        /** A single PNG can be found again by what it tells, and nobody but this turn can be filing for the job. */
        private boolean needNoReserving(List<String> paths) {
            return paths.size() == 1
                    && paths.get(0).endsWith(".png")
                    && Filing.this.reserved().isEmpty()
                    && !ledger.files().areShared();
        }

        private boolean use(String path, Runnable meanwhile) {
            if (!ledger.files().isFree(job.id(), path)) {
                return false;
            }
            if (!job.beginFiling()) {
                throw stopped();
            }
            unreserved = path;
            meanwhile.run();
            return true;
        }

        private boolean reserveInLedger(List<String> paths, Runnable meanwhile) {
            switch (ledger.files().reserve(job.id(), Filing.this.reserved(), paths, meanwhile)) {
                case YES -> {
                    held = paths;
                    return true;
                }
                case TAKEN -> {
                    return false;
                }
                default -> throw stopped();
            }
        }

        private GazeException stopped() {
            stopped = true;
            return new GazeException(Kind.CANCELLED, Problem.of("Job %s was cancelled".formatted(job.id())));
        }
    }
}
