package dev.gaze.core.job;

import dev.gaze.api.job.JobEvent;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings events to one listener: in order, one at a time, on its executor. Noting an event and delivering it are two
 * steps, so that the order is fixed under the job's lock and foreign code runs outside of it.
 *
 * <p>A slow listener costs little: an image on the way that nobody has looked at yet gives way to the next one.
 */
final class Delivery {
    private static final System.Logger LOG = System.getLogger(Delivery.class.getName());

    private final Consumer<JobEvent> listener;
    private final Executor executor;
    private final Deque<JobEvent> waiting = new ArrayDeque<>();
    private boolean delivering;

    Delivery(Consumer<JobEvent> listener, Executor executor) {
        this.listener = listener;
        this.executor = executor;
    }

    synchronized void note(JobEvent event) {
        if (event instanceof JobEvent.Previewed) {
            waiting.removeIf(JobEvent.Previewed.class::isInstance);
        }
        waiting.add(event);
    }

    void deliver() {
        synchronized (this) {
            if (delivering || waiting.isEmpty()) {
                return;
            }
            delivering = true;
        }
        try {
            executor.execute(this::drain);
        } catch (
                RuntimeException refused) { // usually closed; an executor is foreign code, and harms its listener alone
            LOG.log(Level.DEBUG, "A listener's executor takes no more work; its events are dropped", refused);
            synchronized (this) {
                waiting.clear();
                delivering = false;
            }
        }
    }

    private void drain() {
        for (JobEvent event = next(); event != null; event = next()) {
            try {
                listener.accept(event);
            } catch (Throwable failure) { // whatever foreign code throws, the next event still comes
                LOG.log(Level.WARNING, "A listener of job " + event.job() + " failed; the job goes on", failure);
            }
        }
    }

    private synchronized @Nullable JobEvent next() {
        JobEvent event = waiting.poll();
        delivering = event != null;
        return event;
    }
}
