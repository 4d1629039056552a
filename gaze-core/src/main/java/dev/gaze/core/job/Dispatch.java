package dev.gaze.core.job;

import dev.gaze.api.backend.RenderEvent;
import dev.gaze.api.backend.RenderRun;
import dev.gaze.api.job.Attempt;
import dev.gaze.api.job.JobEvent;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.workflow.Workflow;
import dev.gaze.core.fleet.Place;
import dev.gaze.core.image.MadeWith;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Brings one job to a server that has a place for it, and hears what happens there. */
final class Dispatch {
    private final LiveJob job;
    private final Desk desk;
    private final Starting starting;

    Dispatch(LiveJob job, Desk desk, Starting starting) {
        this.job = job;
        this.desk = desk;
        this.starting = starting;
    }

    /**
     * A workflow on its way.
     *
     * @param end completes when the server says how it ended
     */
    record Sent(UUID prompt, Workflow workflow, MadeWith madeWith, CompletableFuture<RenderEvent.Ended> end) {}

    /**
     * Sends the job, or finds what was sent there before: a prompt whose answer never came, or that of a process that
     * died. The prompt is written down before it is sent.
     *
     * @throws GazeException {@code INVALID} when the server cannot make it, {@code UNAVAILABLE} when it is away,
     *     {@code CANCELLED} when the job is to be stopped
     */
    Sent send(KnownServer server, Place place) {
        MadeWith madeWith =
                MadeWith.of(job.id(), job.prepared().request(), job.prepared().plan());
        Optional<Attempt> before = job.openOn(server.id());
        if (before.isPresent()) {
            return attach(server, before.get(), madeWith);
        }
        return server.withFacts(facts -> {
            requireWanted();
            return start(server, job.graphs().wire(server, facts), madeWith, place);
        });
    }

    /**
     * Sends a job whose first attempt was written down with it.
     *
     * @throws GazeException as the other one
     */
    Sent send(HeadStart head) {
        KnownServer server = head.server();
        MadeWith madeWith =
                MadeWith.of(job.id(), job.prepared().request(), job.prepared().plan());
        try {
            requireWanted();
            return post(server, head.prompt(), head.workflow(), madeWith, head.place());
        } catch (GazeException refusal) {
            if (refusal.kind() != Kind.INVALID) {
                throw refusal;
            }
            server.server().forgetFacts(); // it has told something else meanwhile
            return send(server, head.place());
        }
    }

    private Sent attach(KnownServer server, Attempt attempt, MadeWith madeWith) {
        CompletableFuture<RenderEvent.Ended> end = new CompletableFuture<>();
        Meter meter = Meter.of(attempt.workflow());
        RenderRun run =
                server.server().attach(attempt.prompt(), attempt.workflow(), event -> heard(server, meter, end, event));
        job.running(run);
        return new Sent(attempt.prompt(), attempt.workflow(), madeWith, end);
    }

    private Sent start(KnownServer server, Workflow workflow, MadeWith madeWith, Place place) {
        UUID prompt = UUID.randomUUID(); // not from the library's random source: a repeated id would mix up two runs
        if (!desk.ledger().attempt(job.id(), server.id(), prompt, workflow)) {
            job.stop(stopReason());
            requireWanted();
        }
        job.attempted(new Attempt(1, server.id(), prompt, workflow, desk.time().now(), null, null));
        return post(server, prompt, workflow, madeWith, place);
    }

    private Sent post(KnownServer server, UUID prompt, Workflow workflow, MadeWith madeWith, Place place) {
        CompletableFuture<RenderEvent.Ended> end = new CompletableFuture<>();
        Meter meter = Meter.of(workflow);
        try {
            RenderRun run = server.server()
                    .start(prompt, workflow, madeWith.pngInfo(), event -> heard(server, meter, end, event));
            place.held(Needs.checkpoint(job.prepared()), Needs.loras(job.prepared()));
            job.running(run);
        } catch (GazeException refusal) {
            if (!mayHaveTaken(refusal)) {
                desk.ledger().attemptEnded(job.id(), prompt, refusal.problems().get(0));
                job.attemptEnded(prompt, false);
            }
            throw refusal;
        }
        return new Sent(prompt, workflow, madeWith, end);
    }

    /** A server whose answer never came, and one whose answer we did not wait for, may have taken it all the same. */
    private static boolean mayHaveTaken(GazeException refusal) {
        return refusal.retryable() || refusal.kind() == Kind.CANCELLED;
    }

    private Problem stopReason() {
        return desk.ledger()
                .asked(List.of(job.id()))
                .getOrDefault(job.id(), Problem.of("Job %s was cancelled".formatted(job.id())));
    }

    private void requireWanted() {
        job.stopped().ifPresent(why -> {
            throw new GazeException(Kind.CANCELLED, why);
        });
    }

    // Hearing --------------------------------------------------------------------------------------------------------

    private void heard(KnownServer server, Meter meter, CompletableFuture<RenderEvent.Ended> end, RenderEvent event) {
        try {
            if (event instanceof RenderEvent.Ended ended) {
                end.complete(ended);
            } else if (!(event
                    instanceof RenderEvent.Queued)) { // what others have put in front of us there is not ours
                tell(meter, event, starting.seen(server));
            }
        } catch (RuntimeException failure) {
            end.completeExceptionally(failure);
        }
    }

    /** Nobody hears of steps before the start. */
    private void tell(Meter meter, RenderEvent event, boolean startTold) {
        if (event instanceof RenderEvent.Progressed step && meter.counts(step.node())) {
            job.reached(meter.progress(step.node(), step.step(), step.steps()));
            if (startTold) {
                desk.news().passing(new JobEvent.Progressed(job.id(), step.step(), step.steps()));
            }
        } else if (startTold && event instanceof RenderEvent.Previewed preview) {
            desk.news().passing(new JobEvent.Previewed(job.id(), preview.mediaType(), preview.bytes()));
        }
    }
}
