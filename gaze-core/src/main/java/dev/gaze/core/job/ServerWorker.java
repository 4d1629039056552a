package dev.gaze.core.job;

import dev.gaze.api.backend.RenderEvent;
import dev.gaze.api.backend.RenderRun;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.job.JobResult;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.workflow.Workflow;
import dev.gaze.core.image.ImageFiler.Filed;
import dev.gaze.core.image.MadeWith;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Makes one job after the other on one server (I18). Runs on a thread of its own until the queue is closed. */
final class ServerWorker implements Runnable {
    private static final System.Logger LOG = System.getLogger(ServerWorker.class.getName());

    private final KnownServer server;
    private final Wiring wiring;
    private final JobQueue queue;
    private final Workshop workshop;
    private final Runnable afterTurn;

    ServerWorker(KnownServer server, Wiring wiring, JobQueue queue, Workshop workshop, Runnable afterTurn) {
        this.server = server;
        this.wiring = wiring;
        this.queue = queue;
        this.workshop = workshop;
        this.afterTurn = afterTurn;
    }

    @Override
    public void run() {
        try {
            for (LiveJob job = next(); job != null; job = next()) {
                turn(job);
                afterTurn.run();
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable LiveJob next() throws InterruptedException {
        return queue.take(job -> !job.refusals().by(server));
    }

    /** Whatever happens here, the job ends or waits again. */
    private void turn(LiveJob job) throws InterruptedException {
        try {
            make(job);
        } catch (GazeException failure) {
            job.end(cancelled(job).orElse(new Ending.Failed(failure)));
        } catch (InterruptedException closing) {
            job.end(new Ending.Cancelled(Problem.of("The library was closed")));
            throw closing;
        } catch (Throwable surprise) { // a plugin may throw anything; a job never stays without an answer
            LOG.log(Level.ERROR, "Job " + job.id() + " met an error nobody foresaw", surprise);
            job.end(new Ending.Failed(new GazeException(
                    Kind.FAILED,
                    null,
                    List.of(Problem.of("Something unforeseen went wrong: " + surprise)
                            .fix("the log has the details; please report it")),
                    surprise)));
        }
    }

    private void make(LiveJob job) throws InterruptedException {
        Sent sent;
        try {
            sent = send(job);
        } catch (GazeException refusal) {
            if (!Refusals.isForThisServerOnly(refusal)) {
                throw refusal;
            }
            handOn(job, refusal);
            return;
        }
        job.end(ending(job, sent));
    }

    // Sending --------------------------------------------------------------------------------------------------------

    /** A workflow on its way. */
    private record Sent(Workflow workflow, MadeWith madeWith, CompletableFuture<RenderEvent.Ended> end) {}

    private Sent send(LiveJob job) {
        Prepared prepared = job.prepared();
        MadeWith madeWith = MadeWith.of(job.id(), prepared.request(), prepared.plan());
        return server.withFacts(facts -> {
            requireWanted(job);
            return start(job, wiring.wire(prepared, facts), madeWith);
        });
    }

    private Sent start(LiveJob job, Workflow workflow, MadeWith madeWith) {
        CompletableFuture<RenderEvent.Ended> end = new CompletableFuture<>();
        Meter meter = Meter.of(workflow);
        UUID prompt = UUID.randomUUID(); // not from the library's random source: a repeated id would mix up two runs
        RenderRun run =
                server.server().start(prompt, workflow, madeWith.pngInfo(), event -> heard(job, meter, end, event));
        job.running(run);
        return new Sent(workflow, madeWith, end);
    }

    private void heard(LiveJob job, Meter meter, CompletableFuture<RenderEvent.Ended> end, RenderEvent event) {
        if (event instanceof RenderEvent.Ended ended) {
            end.complete(ended);
            return;
        }
        if (event instanceof RenderEvent.Queued) {
            return; // what others have put in front of us there is not for us to count
        }
        job.started(server.id());
        if (event instanceof RenderEvent.Progressed step && meter.counts(step.node())) {
            job.progressed(step.step(), step.steps(), meter.progress(step.node(), step.step(), step.steps()));
        } else if (event instanceof RenderEvent.Previewed preview) {
            job.previewed(preview.mediaType(), preview.bytes());
        }
    }

    private static Optional<Ending> cancelled(LiveJob job) {
        return job.cancelRequested().map(Ending.Cancelled::new);
    }

    private static void requireWanted(LiveJob job) {
        job.cancelRequested().ifPresent(why -> {
            throw new GazeException(Kind.CANCELLED, why);
        });
    }

    private void handOn(LiveJob job, GazeException refusal) {
        job.refusals().add(server, refusal);
        boolean hope = job.refusals().count() < wiring.servers().size();
        if (!hope || !queue.putBack(job)) {
            job.end(cancelled(job)
                    .orElseGet(() -> new Ending.Failed(job.refusals().together())));
        }
    }

    // The end --------------------------------------------------------------------------------------------------------

    private Ending ending(LiveJob job, Sent sent) throws InterruptedException {
        RenderEvent.Ended ended = await(sent.end);
        if (ended instanceof RenderEvent.Finished finished) {
            job.started(server.id()); // a run out of the server's cache may show no other sign
            if (job.beginFiling()) {
                return new Ending.Done(file(job, sent, finished));
            }
        }
        return cancelled(job).orElseGet(() -> told(job, ended));
    }

    private Ending told(LiveJob job, RenderEvent.Ended ended) {
        if (ended instanceof RenderEvent.Interrupted) {
            return new Ending.Cancelled(Problem.of("Somebody else stopped job %s on the server".formatted(job.id()))
                    .at(server.id().name()));
        }
        if (ended instanceof RenderEvent.Lost lost) {
            return failed(Kind.UNAVAILABLE, lost.problem());
        }
        if (ended instanceof RenderEvent.Failed failed) {
            return failed(failed.retryable() ? Kind.UNAVAILABLE : Kind.FAILED, failed.problem());
        }
        throw new IllegalStateException("A finished run is filed or was cancelled");
    }

    private static RenderEvent.Ended await(CompletableFuture<RenderEvent.Ended> end) throws InterruptedException {
        try {
            return end.get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Ending failed(Kind kind, Problem problem) {
        Problem placed = problem.where() == null ? problem.at(server.id().name()) : problem;
        return new Ending.Failed(new GazeException(kind, Advice.failed(placed)));
    }

    private JobResult file(LiveJob job, Sent sent, RenderEvent.Finished finished) {
        Prepared prepared = job.prepared();
        GenerationRequest request = prepared.request();
        Filed filed = workshop.filer().file(finished.outputs(), prepared.filedUnder(), sent.madeWith);
        Set<Problem> warnings = new LinkedHashSet<>(prepared.plan().warnings());
        warnings.addAll(sent.workflow.warnings());
        warnings.addAll(filed.warnings());
        if (prepared.filedUnder() != null) {
            warnings.addAll(workshop.covers()
                    .update(
                            prepared.filedUnder(),
                            request.settings().cover(),
                            filed.images().get(0).id(),
                            request.selection()));
        }
        return new JobResult(filed.images(), prepared.plan(), sent.workflow, new ArrayList<>(warnings));
    }
}
