package dev.gaze.core.job;

import dev.gaze.api.job.BatchId;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.job.JobId;
import dev.gaze.api.job.JobState;
import dev.gaze.api.job.Priority;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.workflow.Workflow;
import dev.gaze.core.fleet.Candidate;
import dev.gaze.core.fleet.Place;
import dev.gaze.core.ledger.Accepted;
import dev.gaze.core.ledger.BatchRecord;
import dev.gaze.core.ledger.JobRecord;
import dev.gaze.core.ledger.NewJob;
import dev.gaze.core.store.DatabaseLost;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Takes requests in: everything that can be wrong with one by itself is found here, then it is written down. */
final class Intake {
    /** How many are held in memory and written in one go. */
    private static final int CHUNK = 200;

    private final Desk desk;
    private final Shop shop;

    Intake(Desk desk, Shop shop) {
        this.desk = desk;
        this.shop = shop;
    }

    JobRecord submit(GenerationRequest request, Priority priority) {
        return accept(draft(request, priority, null, 0));
    }

    /** All of a batch or none: with more than can be held in memory, each is checked before the first is taken in. */
    void submit(BatchRecord batch, List<GenerationRequest> requests) {
        boolean many = requests.size() > CHUNK;
        if (many) {
            for (int i = 0; i < requests.size(); i++) {
                numbered(batch.id(), requests, i);
            }
            requireRoom(requests.size());
        }
        for (int from = 0; from < requests.size(); from += CHUNK) {
            List<Draft> chunk = new ArrayList<>();
            for (int i = from; i < Math.min(from + CHUNK, requests.size()); i++) {
                chunk.add(numbered(batch.id(), requests, i));
            }
            accept(chunk, from == 0 ? batch : null);
        }
    }

    private void requireRoom(int more) {
        int waiting = desk.ledger().queued();
        if ((long) waiting + more > desk.limits().queued()) {
            throw new GazeException(
                    Kind.UNAVAILABLE,
                    Problem.of("The queue has no room for %,d more: %,d wait, the limit is %,d"
                                    .formatted(more, waiting, desk.limits().queued()))
                            .fix(
                                    "submit fewer at once, wait until some are done, or raise limits.queued in gaze.json"));
        }
    }

    private Draft numbered(BatchId batch, List<GenerationRequest> requests, int item) {
        try {
            return draft(requests.get(item), Priority.BATCH, batch, item);
        } catch (GazeException refusal) {
            throw new GazeException(
                    refusal.kind(),
                    null,
                    refusal.problems().stream()
                            .map(problem -> problem.at("request %d of %d%s"
                                    .formatted(
                                            item + 1,
                                            requests.size(),
                                            problem.where() == null ? "" : ", " + problem.where())))
                            .toList(),
                    refusal);
        }
    }

    /** A job about to be written down, and its graphs. */
    private record Draft(NewJob job, Graphs graphs) {}

    private Draft draft(GenerationRequest request, Priority priority, @Nullable BatchId batch, int item) {
        JobId id = new JobId(TimeOrdered.id(desk.time().now()));
        Prepared prepared = desk.workshop().prepare().apply(request).withFilePrefix(filePrefix(id));
        Graphs graphs = new Graphs(prepared, desk.wiring());
        List<Problem> warnings = desk.wiring().judge(graphs);
        return new Draft(
                new NewJob(
                        id,
                        request,
                        prepared.plan(),
                        prepared.template(),
                        prepared.filedUnder(),
                        warnings,
                        priority,
                        batch,
                        item,
                        null),
                graphs);
    }

    /** A folder of its own for every day and job: ComfyUI lists the whole folder whenever it saves. */
    private String filePrefix(JobId id) {
        return "gaze/%s/%s/img"
                .formatted(desk.time().now().atZone(ZoneOffset.UTC).toLocalDate(), id);
    }

    JobRecord retry(JobRecord failed) {
        if (failed.state() != JobState.FAILED && failed.state() != JobState.CANCELLED) {
            throw new GazeException(
                    Kind.CONFLICT,
                    Problem.of("Job %s is %s; only one that failed or was cancelled can be tried again"
                            .formatted(failed.id(), failed.state().name().toLowerCase(Locale.ROOT))));
        }
        JobId id = new JobId(TimeOrdered.id(desk.time().now()));
        Prepared prepared = new Prepared(
                        failed.request(), failed.plan(), desk.ledger().template(failed.id()), failed.filedUnder())
                .withFilePrefix(filePrefix(id));
        return accept(new Draft(
                new NewJob(
                        id,
                        failed.request(),
                        prepared.plan(),
                        prepared.template(),
                        failed.filedUnder(),
                        failed.warnings(),
                        failed.priority(),
                        failed.batch(),
                        failed.item(),
                        failed.id()),
                new Graphs(prepared, desk.wiring())));
    }

    // Written down ---------------------------------------------------------------------------------------------------

    private void accept(List<Draft> drafts, @Nullable BatchRecord batch) {
        List<NewJob> jobs = drafts.stream().map(Draft::job).toList();
        List<JobRecord> accepted = desk.ledger().accept(jobs, desk.limits().queued(), batch);
        for (int i = 0; i < jobs.size(); i++) {
            desk.fresh().put(accepted.get(i), drafts.get(i).graphs());
            desk.news().kept(jobs.get(i).id());
        }
        shop.wake();
    }

    /** A single job is claimed as it is written down, where there is room. */
    private JobRecord accept(Draft draft) {
        Optional<String> claimant = shop.claims().claimant(shop.held());
        JobRecord job = claimant.isPresent()
                ? accept(draft, claimant.get())
                : desk.ledger()
                        .accept(List.of(draft.job), desk.limits().queued(), null)
                        .get(0);
        desk.news().kept(job.id());
        if (claimant.isEmpty()) {
            desk.fresh().put(job, draft.graphs);
            shop.wake();
        }
        return job;
    }

    /** It takes the place of an idle server at once, and is sent while what was written goes to the disk. */
    private JobRecord accept(Draft draft, String claimant) {
        Optional<HeadStart> headStart = headStart(draft);
        AtomicBoolean begun = new AtomicBoolean();
        try {
            Accepted accepted = desk.ledger()
                    .accept(
                            draft.job,
                            desk.limits().queued(),
                            claimant,
                            headStart.map(HeadStart::attempt).orElse(null),
                            written -> {
                                begin(LiveJob.claimed(
                                        written.jobs().get(0),
                                        draft.graphs,
                                        claimant,
                                        headStart.filter(head -> used(head, written.attempted()))));
                                begun.set(true);
                            });
            return accepted.jobs().get(0);
        } catch (RuntimeException | Error refused) {
            if (!begun.get()) { // otherwise its turn tells how it ends, though nobody waits for it
                headStart.ifPresent(HeadStart::close);
                DatabaseLost.in(refused).ifPresent(lost -> shop.claims().giveBackIfThere(draft.job.id(), lost));
            }
            throw refused;
        }
    }

    private static boolean used(HeadStart head, boolean attempted) {
        if (!attempted) {
            head.close();
        }
        return attempted;
    }

    private void begin(LiveJob job) {
        if (!shop.claims().begin(job.id(), () -> shop.made(job))) {
            desk.unused(job); // first, so that nobody claims it with an attempt that looks sent
            shop.claims().giveBack(job.id());
        }
    }

    /** A place on a server that nobody waits for, and of which is known what it can make. */
    private Optional<HeadStart> headStart(Draft draft) {
        NewJob job = draft.job;
        Optional<Place> place = desk.fleet()
                .take(new Candidate(
                        job.id(),
                        job.priority(),
                        Long.MAX_VALUE,
                        Needs.checkpoint(draft.graphs.prepared()),
                        Needs.loras(draft.graphs.prepared()),
                        member -> knownToAccept(draft.graphs, desk.servers().of(member)),
                        () -> !desk.closing(),
                        desk.time().now()));
        return place.flatMap(given -> headStart(draft.graphs, given));
    }

    private Optional<HeadStart> headStart(Graphs graphs, Place place) {
        KnownServer server = desk.servers().of(place.member());
        try {
            Workflow workflow = graphs.wire(server, server.told().orElseThrow());
            // not from the library's random source: a repeated id would mix up two runs
            return Optional.of(new HeadStart(place, server, UUID.randomUUID(), workflow));
        } catch (RuntimeException toldSomethingElse) { // and whatever is wrong is found again on the longer way
            place.close();
            return Optional.empty();
        }
    }

    private static boolean knownToAccept(Graphs graphs, KnownServer server) {
        return server.told().isPresent() && graphs.mayGoTo(server);
    }
}
