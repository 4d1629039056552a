package dev.gaze.core.job;

import dev.gaze.api.backend.RenderEvent;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.time.SteadyTime;
import dev.gaze.api.time.Time;
import dev.gaze.core.fleet.Fleet;
import dev.gaze.core.fleet.Place;
import dev.gaze.core.job.Claims.Then;
import dev.gaze.core.ledger.Ending;
import dev.gaze.core.ledger.Ledger;
import dev.gaze.core.ledger.Start;
import dev.gaze.core.store.DatabaseLost;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes one claimed job, on its thread: waits for a place on a server, sends or finds again what was sent, follows it to
 * its end, files its images. Whatever happens, the job ends with a true answer, or is claimed again.
 */
final class Turn {
    private final LiveJob job;
    private final Desk desk;
    private final Ledger ledger;
    private final Fleet fleet;
    private final Hope hope;
    private final Starting starting;
    private final Dispatch dispatch;
    private final Filing filing;
    private final Time time;
    private int nonsense;
    private int fetches;
    private @Nullable Instant awaySince;

    Turn(LiveJob job, Desk desk) {
        this.job = job;
        this.desk = desk;
        ledger = desk.ledger();
        fleet = desk.fleet();
        hope = new Hope(job, desk);
        starting = new Starting(job, desk);
        job.starting(starting);
        dispatch = new Dispatch(job, desk, starting);
        filing = new Filing(job, desk);
        time = new SteadyTime(desk.time());
    }

    /** Comes back when the job has ended or waits for another turn. */
    Then run() throws InterruptedException {
        Optional<Ending> whole = filing.repair();
        if (whole.isPresent()) {
            return end(whole.get(), Starting.of(ledger.attempts(job.id())));
        }
        while (!desk.closing()) {
            Optional<Ending> over = stopped().or(hope::lost);
            if (over.isPresent()) {
                desk.unused(job);
                return end(over.get());
            }
            Optional<HeadStart> head = job.takeHeadStart();
            if (head.isPresent()) {
                over = visit(head.get().server(), head.get().place(), () -> sendAtOnce(head.get()));
            } else {
                Optional<Place> place = hope.await();
                over = place.isPresent() ? visit(place.get()) : stopped().or(hope::lost);
                if (place.isEmpty() && over.isEmpty()) {
                    return Then.AGAIN; // it makes room for a more urgent one
                }
            }
            if (over.isPresent() && (over.get() instanceof Ending.Done || !desk.closing())) {
                return end(over.get());
            }
        }
        return Then.AGAIN;
    }

    private Optional<Ending> stopped() {
        return job.stopped()
                .<Ending>map(Ending.Cancelled::new)
                .or(() -> job.givenUp().map(Ending.Failed::new));
    }

    private Then end(Ending how) {
        return end(how, starting.unwritten());
    }

    private Then end(Ending how, Optional<Start> start) {
        if (!(how instanceof Ending.Done)) {
            filing.abandonForGood();
        }
        boolean stoppedBefore = how instanceof Ending.Failed && !job.beginFiling(); // as somebody was told by now
        Then then = desk.end(job, stoppedBefore ? stopped().orElseThrow() : how, start.orElse(null));
        desk.forget(job);
        return then;
    }

    // On a server ----------------------------------------------------------------------------------------------------

    private Optional<Ending> visit(Place place) throws InterruptedException {
        KnownServer server = desk.servers().of(place.member());
        return visit(server, place, () -> dispatch.send(server, place));
    }

    /** Whoever has asked to stop it before it was found here has been missed so far. */
    private Dispatch.Sent sendAtOnce(HeadStart head) {
        try {
            return dispatch.send(head);
        } finally {
            ledger.lists().standing(job.id()).ifPresent(now -> {
                job.priority(now.priority());
                Optional.ofNullable(now.cancelRequested()).ifPresent(job::stop);
            });
        }
    }

    /** Empty when it waits again. */
    private Optional<Ending> visit(KnownServer server, Place place, Supplier<Dispatch.Sent> sending)
            throws InterruptedException {
        try (place) {
            Dispatch.Sent sent;
            RenderEvent.Ended ended;
            try {
                sent = sending.get();
                awaySince = null;
                ended = sent.end().get();
            } catch (DatabaseLost lost) {
                throw lost; // which says nothing of the server
            } catch (GazeException refusal) {
                return refused(server, refusal);
            } catch (ExecutionException failure) {
                throw new IllegalStateException(failure);
            } finally {
                job.rested();
            }
            place.free(); // the images are fetched while the server works on the next job
            return ended(server, sent, ended);
        }
    }

    private Optional<Ending> refused(KnownServer server, GazeException refusal) {
        Optional<Ending> stopped = stopped();
        if (stopped.isPresent()) {
            return stopped;
        }
        if (refusal.retryable() || refusal.kind() == Kind.FAILED) {
            job.refusals().add(server, refusal);
            fleet.down(server.id(), refusal.problems().get(0));
            return awayForTooLong(refusal)
                    ? Optional.of(new Ending.Failed(job.refusals().together()))
                    : Optional.empty();
        }
        if (refusal.kind() == Kind.INVALID) {
            job.refusals().add(server, refusal);
            return Optional.empty();
        }
        return Optional.of(new Ending.Failed(refusal));
    }

    /** One that answers nonsense is tried as often as one that loses its jobs; one that is away may come back. */
    private boolean awayForTooLong(GazeException refusal) {
        if (refusal.kind() == Kind.FAILED) {
            return ++nonsense >= desk.limits().attempts();
        }
        Instant now = time.now();
        awaySince = awaySince == null ? now : awaySince;
        return !awaySince.plus(desk.limits().away()).isAfter(now);
    }

    private Optional<Ending> ended(KnownServer server, Dispatch.Sent sent, RenderEvent.Ended ended)
            throws InterruptedException {
        if (ended instanceof RenderEvent.Finished finished && job.stopped().isEmpty()) {
            starting.seen(server); // a run out of the server's cache may show no other sign
            try {
                return Optional.of(filing.file(server, sent, finished.outputs()));
            } catch (DatabaseLost lost) {
                throw lost;
            } catch (GazeException failure) {
                return unfiled(server, sent, failure);
            }
        }
        if (desk.closing()) {
            return Optional.empty(); // what the connection says while it is being closed is no news of the server
        }
        Optional<Ending> stopped = stopped();
        if (stopped.isPresent()) {
            ledger.attemptEnded(job.id(), sent.prompt(), null);
            job.attemptEnded(sent.prompt(), false);
            leave(server, sent, ended);
            return stopped;
        }
        if (ended instanceof RenderEvent.Lost lost) {
            Optional<Ending> over = again(server, sent, lost.problem());
            leave(server, sent, lost);
            return over;
        }
        if (ended instanceof RenderEvent.Failed failed) {
            return failed.retryable()
                    ? again(server, sent, failed.problem())
                    : Optional.of(failed(server, sent, Kind.FAILED, failed.problem()));
        }
        ledger.attemptEnded(job.id(), sent.prompt(), null);
        job.attemptEnded(sent.prompt(), false);
        return Optional.of(
                new Ending.Cancelled(Problem.of("Somebody else stopped job %s on the server".formatted(job.id()))
                        .at(server.id().name())));
    }

    /** Only when it is written down that the prompt is over: until then the job may be followed to it once more. */
    private void leave(KnownServer server, Dispatch.Sent sent, RenderEvent.Ended ended) {
        if (ended instanceof RenderEvent.Lost) { // its server may only have been out of reach
            desk.leftovers().stopLost(server, sent.prompt());
        }
    }

    /** The image was made but could not be had: it is fetched again, and only when that is in vain made again. */
    private Optional<Ending> unfiled(KnownServer server, Dispatch.Sent sent, GazeException failure) {
        if (desk.closing()) {
            return Optional.empty();
        }
        Optional<Ending> stopped = stopped();
        if (stopped.isPresent()) {
            return stopped;
        }
        if (!failure.retryable() && failure.kind() != Kind.CANCELLED) { // that only says that we hung up
            ledger.attemptEnded(job.id(), sent.prompt(), failure.problems().get(0));
            job.attemptEnded(sent.prompt(), true);
            return Optional.of(new Ending.Failed(failure));
        }
        if (++fetches < desk.limits().attempts()) {
            fleet.down(server.id(), failure.problems().get(0)); // until it answers a probe
            return Optional.empty();
        }
        fetches = 0;
        return again(server, sent, failure.problems().get(0));
    }

    /** It is run once more, unless that has been tried often enough. */
    private Optional<Ending> again(KnownServer server, Dispatch.Sent sent, Problem problem) {
        Problem placed = problem.where() == null ? problem.at(server.id().name()) : problem;
        if (job.tries() + 1 >= desk.limits().attempts()) {
            return Optional.of(failed(server, sent, Kind.UNAVAILABLE, placed));
        }
        ledger.attemptEnded(job.id(), sent.prompt(), placed);
        job.attemptEnded(sent.prompt(), true);
        starting.write();
        job.waitsAgain();
        filing.abandon();
        if (ledger.requeued(job.id(), placed)) {
            desk.news().kept(job.id());
        }
        return Optional.empty();
    }

    private Ending failed(KnownServer server, Dispatch.Sent sent, Kind kind, Problem problem) {
        Problem placed = problem.where() == null ? problem.at(server.id().name()) : problem;
        ledger.attemptEnded(job.id(), sent.prompt(), placed);
        job.attemptEnded(sent.prompt(), true);
        String often = kind == Kind.UNAVAILABLE && job.tries() > 1
                ? "Job %s was run %d times, each time in vain".formatted(job.id(), job.tries())
                : null;
        return new Ending.Failed(new GazeException(kind, often, List.of(Advice.failed(placed))));
    }
}
