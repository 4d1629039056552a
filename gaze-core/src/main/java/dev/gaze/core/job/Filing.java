package dev.gaze.core.job;

import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.backend.RenderOutput;
import dev.gaze.api.image.Image;
import dev.gaze.api.job.Attempt;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.job.JobId;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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
    private @Nullable List<String> reserved;
    /** The name it uses without having reserved it; null when there is none. */
    private @Nullable String used;

    private boolean stopped;

    Filing(LiveJob job, Desk desk) {
        this.job = job;
        this.desk = desk;
        ledger = desk.ledger();
    }

    /**
     * The image that a job has filed under a name it had not reserved, when its process died before the end was written
     * down.
     *
     * @param attempts of the job
     */
    static Optional<Image> inPlace(Desk desk, JobId id, @Nullable AssetKey filedUnder, List<Attempt> attempts) {
        return sent(attempts)
                .filter(sent -> !desk.ledger().files().mustBeReserved())
                .flatMap(sent -> desk.workshop().filer().left().find(id, filedUnder, sent));
    }

    /** When the first prompt was sent that may still lead to an image. */
    private static Optional<Instant> sent(List<Attempt> attempts) {
        return attempts.stream()
                .filter(attempt -> attempt.ended() == null)
                .map(Attempt::sent)
                .min(Comparator.naturalOrder());
    }

    /** The end of a job whose files were all in place when its process died; empty when there is more to do. */
    Optional<Ending> repair() {
        if (job.isFresh()) {
            return Optional.empty();
        }
        AssetKey filedUnder = job.prepared().filedUnder();
        Optional<List<Image>> whole = reserved().isEmpty()
                ? inPlace(desk, job.id(), filedUnder, job.open()).map(List::of)
                : filed().whole(job.id(), reserved(), filedUnder);
        if (whole.isPresent()) {
            List<Attempt> attempts = ledger.attempts(job.id());
            Workflow workflow = attempts.get(attempts.size() - 1).workflow();
            return Optional.of(done(whole.get(), workflow, List.of()));
        }
        if (job.open().isEmpty()) { // nowhere left to fetch the rest from
            abandon();
        }
        job.filedNothing();
        return Optional.empty();
    }

    private LeftFiles filed() {
        return desk.workshop().filer().left();
    }

    /** What was begun cannot be finished: a new run files all of its images anew. */
    void abandon() {
        if (used != null) {
            filed().discard(job.id(), used);
            used = null;
        }
        if (!reserved().isEmpty()) {
            ledger.files().giveUp(job.id(), reserved(), names -> filed().discardReserved(job.id(), names));
            reserved = List.of();
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
        List<String> names = reserved;
        if (names == null) {
            names = job.isFresh() ? List.of() : ledger.files().reserved(job.id());
            reserved = names;
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
                    && !ledger.files().mustBeReserved();
        }

        private boolean use(String path, Runnable meanwhile) {
            if (!ledger.files().mayBeUsed(job.id(), path)) {
                return false;
            }
            if (!job.beginFiling()) {
                throw stopped();
            }
            used = path;
            meanwhile.run();
            return true;
        }

        private boolean reserveInLedger(List<String> paths, Runnable meanwhile) {
            boolean begun = used != null;
            switch (ledger.files().reserve(job.id(), Filing.this.reserved(), paths, begun, meanwhile)) {
                case YES -> {
                    reserved = paths;
                    return true;
                }
                case TAKEN -> {
                    return false;
                }
                default -> throw stopped();
            }
        }

        @Override
        public Instant sent() {
            return Filing.sent(job.open()).orElse(job.record().submitted());
        }

        @Override
        public boolean isLetGo() {
            return job.isLetGo();
        }

        @Override
        public void lastLook() {
            if (!isLetGo()) {
                ledger.files().awaitWritten();
            }
            if (isLetGo()) {
                throw new GazeException(
                        Kind.CANCELLED,
                        Problem.of("The library was closed before the image of job %s was filed".formatted(job.id()))
                                .fix("open it again: the job goes on"));
            }
        }

        private GazeException stopped() {
            stopped = true;
            return new GazeException(Kind.CANCELLED, Problem.of("Job %s was cancelled".formatted(job.id())));
        }
    }
}
