package dev.gaze.core.job;

import dev.gaze.api.job.Priority;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.time.Time;
import dev.gaze.core.fleet.Candidate;
import dev.gaze.core.fleet.Member;
import dev.gaze.core.fleet.Place;
import dev.gaze.core.ledger.Ending;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Waits for a server that makes one job, as long as there is hope that one will.
 *
 * <p>A job that no server can make fails. While all servers that could make it are away it waits, for as long as the
 * limits say; with one exception: when somebody waits for the job and none of the servers has ever answered since the
 * library was opened, its address is probably wrong, and that is said at once.
 */
final class Hope {
    private final LiveJob job;
    private final Desk desk;
    private boolean askedAgain;

    Hope(LiveJob job, Desk desk) {
        this.job = job;
        this.desk = desk;
    }

    /** Why no server will make the job; empty while one may. */
    Optional<Ending> lost() {
        List<Member> members = desk.fleet().members();
        if (members.isEmpty()) {
            return failed(new GazeException(
                    Kind.UNAVAILABLE,
                    Problem.of("There is no server to make it").fix("add one")));
        }
        boolean someMay = false;
        for (Member member : members) {
            someMay |= accepts(member);
        }
        if (!someMay) {
            return refusedByAll(members);
        }
        boolean inVain = job.priority().compareTo(Priority.INTERACTIVE) >= 0
                && !desk.fleet().everAnswered()
                && members.stream().allMatch(Member::isDown);
        return inVain && !lastChance() ? failed(away(members)) : Optional.empty();
    }

    /** What a server said a while ago may no longer be so, and is asked once more before a job fails for it. */
    private boolean lastChance() {
        if (askedAgain) {
            return false;
        }
        askedAgain = true;
        return desk.fleet().askAgain();
    }

    private Optional<Ending> refusedByAll(List<Member> members) {
        boolean refusedWhenSent = members.stream()
                .allMatch(member -> job.refusals().refusedBy(desk.servers().of(member)));
        if (refusedWhenSent) {
            return failed(job.refusals().together());
        }
        try {
            desk.wiring().judge(job.graphs()); // asks anew, as files may have been added
            return Optional.empty();
        } catch (GazeException refusal) {
            return failed(refusal);
        }
    }

    /** Waits for a place; empty when the job is to be stopped, to make room, or is without hope. */
    Optional<Place> await() throws InterruptedException {
        try (Watch watch = new Watch()) {
            watch.lookIn(desk.limits().away());
            return desk.fleet()
                    .await(new Candidate(
                            job.id(),
                            job.priority(),
                            job.record().number(),
                            Needs.checkpoint(job.prepared()),
                            Needs.loras(job.prepared()),
                            this::accepts,
                            () -> job.stopped().isEmpty() && job.givenUp().isEmpty() && !desk.closing(),
                            job.record().submitted()));
        }
    }

    /** Looks, while the job waits, whether all servers that could make it have been away for too long. */
    private final class Watch implements AutoCloseable {
        private Time.Timer timer = () -> {};
        private boolean over;

        synchronized void lookIn(Duration delay) {
            timer.cancel();
            if (!over) {
                timer = desk.time().after(delay, this::look);
            }
        }

        private void look() {
            lookIn(desk.limits().away()); // should what follows fail, too
            List<Member> members = desk.fleet().members();
            Duration left = left(members);
            if (left.isZero()) {
                job.giveUp(away(members));
                desk.fleet().withdraw(job.id());
            } else {
                lookIn(left);
            }
        }

        @Override
        public synchronized void close() {
            over = true;
            timer.cancel();
        }
    }

    /** How long one of the servers that could make it may still be away without being given up; zero when none may. */
    private Duration left(List<Member> members) {
        Duration away = desk.limits().away();
        Instant now = desk.time().now();
        Duration left = Duration.ZERO;
        for (Member member : members) {
            if (accepts(member)) {
                Duration span = member.isDown() ? Duration.between(member.since(), now) : Duration.ZERO;
                Duration its = span.isNegative() ? away : away.minus(span); // the clock may have been set back
                left = its.compareTo(left) > 0 ? its : left;
            }
        }
        return left;
    }

    private boolean accepts(Member member) {
        KnownServer server = desk.servers().of(member);
        return !job.refusals().refusedBy(server) && job.graphs().mayGoTo(server);
    }

    private GazeException away(List<Member> members) {
        Refusals refusals = new Refusals();
        for (Member member : members) {
            Problem problem = member.problem().orElseGet(() -> Problem.of("It does not answer"));
            refusals.add(desk.servers().of(member), new GazeException(Kind.UNAVAILABLE, problem));
        }
        return refusals.together();
    }

    private static Optional<Ending> failed(GazeException why) {
        return Optional.of(new Ending.Failed(why));
    }
}
