package dev.gaze.llm.loop;

import dev.gaze.api.chat.ToolLimits;
import dev.gaze.api.time.Deadlines;
import dev.gaze.llm.client.Cancellation;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One call of a tool on a thread of its own. It ends once: with its result, when its time is over, or not at all when
 * the conversation is cancelled. A tool that does not heed the interrupt keeps its thread, and nobody waits for it.
 */
final class ToolRun {
    private final Surroundings around;
    private final ToolLimits limits;
    private final Cancellation cancellation;
    private final AtomicBoolean over = new AtomicBoolean();
    private @Nullable Thread worker;

    ToolRun(Surroundings around, ToolLimits limits, Cancellation cancellation) {
        this.around = around;
        this.limits = limits;
        this.cancellation = cancellation;
    }

    /** Starts it. {@code told} is called once, on any thread, unless the conversation is cancelled before. */
    void start(Callable<Outcome> work, BiConsumer<Outcome, Duration> told) {
        Instant begin = around.time().now();
        Deadlines.Limit limit = around.deadlines().in(limits.perCall(), () -> {
            if (over.compareAndSet(false, true)) {
                interrupt();
                told.accept(
                        Outcome.failure("The tool did not answer within %s s"
                                .formatted(limits.perCall().toMillis() / 1000.0)),
                        limits.perCall());
            }
        });
        Cancellation.Hold hold = cancellation.onCancel(() -> {
            over.set(true);
            interrupt();
        });
        try {
            around.threads().execute(() -> {
                Outcome outcome = outcome(work);
                limit.lift();
                hold.close();
                if (over.compareAndSet(false, true)) {
                    told.accept(outcome, Duration.between(begin, around.time().now()));
                }
            });
        } catch (RejectedExecutionException closed) {
            limit.lift();
            hold.close();
            cancellation.check();
            throw closed;
        }
    }

    private Outcome outcome(Callable<Outcome> work) {
        synchronized (this) {
            worker = Thread.currentThread();
        }
        try {
            return over.get() ? Outcome.failure("Cancelled") : work.call();
        } catch (Throwable thrown) { // a tool is a stranger's code: an Error of its own must not end the conversation
            return Outcome.failure(thrown);
        } finally {
            synchronized (this) {
                worker = null;
                Thread.interrupted(); // ours or the tool's own; the thread's next work is another's
            }
        }
    }

    private synchronized void interrupt() {
        if (worker != null) {
            worker.interrupt();
        }
    }
}
