package dev.gaze.core.fleet;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** A job that waits for a place. Except for {@link #await}, used only under the fleet's lock. */
final class Parked {
    private Candidate job;
    private final CompletableFuture<Optional<Member>> answer = new CompletableFuture<>();
    private @Nullable Member given;

    Parked(Candidate job) {
        this.job = job;
    }

    Candidate job() {
        return job;
    }

    void reprioritised(Candidate changed) {
        job = changed;
    }

    boolean waits() {
        return !answer.isDone();
    }

    void sendAway() {
        answer.complete(Optional.empty());
    }

    void give(Member member) {
        member.take(job.checkpoint());
        given = member;
        answer.complete(Optional.of(member));
    }

    /** Who was given to it, whether it still wants that or not. */
    Optional<Member> given() {
        return Optional.ofNullable(given);
    }

    /** A fault in what a job says of itself is told to its own thread, whoever's thread has asked. */
    boolean accepts(Member member) {
        try {
            return waits() && job.accepts().test(member);
        } catch (RuntimeException failure) {
            answer.completeExceptionally(failure);
            return false;
        }
    }

    /** Empty when it was sent away. */
    Optional<Member> await() throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failure);
        }
    }
}
