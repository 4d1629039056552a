package dev.gaze.core.fleet;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.time.Time;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** Asks a server that is away until it answers, at growing intervals. */
final class Probing {
    private static final System.Logger LOG = System.getLogger(Probing.class.getName());
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LAST = Duration.ofSeconds(30);

    private final Time time;
    private final Executor threads;
    private final Answers answers;

    /**
     * Who wants to know.
     *
     * @param awaits whether the server is away as it was when the question was thought of
     * @param up it answers
     * @param stillAway it is away, perhaps for another reason
     */
    record Answers(Awaiting awaits, Consumer<Member> up, StillAway stillAway) {}

    interface Awaiting {
        boolean test(Member member, int change);
    }

    interface StillAway {
        void accept(Member member, int change, Problem why);
    }

    Probing(Time time, Executor threads, Answers answers) {
        this.time = time;
        this.threads = threads;
        this.answers = answers;
    }

    /** A server was found away. */
    void begin(Member member) {
        later(member, member.changes(), FIRST);
    }

    private void later(Member member, int change, Duration wait) {
        time.after(wait, () -> {
            try {
                threads.execute(() -> ask(member, change, wait));
            } catch (RejectedExecutionException | OutOfMemoryError busy) { // no thread free or to be had; or closed
                LOG.log(Level.DEBUG, "Asked later: " + member.id(), busy);
                again(member, change, wait);
            }
        });
    }

    private void ask(Member member, int change, Duration waited) {
        if (answers.awaits.test(member, change)) {
            Optional<Problem> problem = probe(member);
            if (problem.isEmpty()) {
                answers.up.accept(member);
            } else {
                answers.stillAway.accept(member, change, problem.get());
                again(member, change, waited);
            }
        }
    }

    private void again(Member member, int change, Duration waited) {
        if (answers.awaits.test(member, change)) {
            Duration twice = waited.multipliedBy(2);
            later(member, change, twice.compareTo(LAST) > 0 ? LAST : twice);
        }
    }

    /** Asks at once, on the calling thread; empty when it answers. */
    static Optional<Problem> probe(Member member) {
        try {
            member.server().probe();
            return Optional.empty();
        } catch (GazeException away) {
            return Optional.of(away.problems().get(0));
        } catch (RuntimeException fault) {
            LOG.log(Level.WARNING, "Asking " + member.id() + " failed", fault);
            return Optional.of(
                    Problem.of("Asking it failed: " + fault).at(member.id().name()));
        }
    }
}
