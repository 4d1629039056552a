package dev.gaze.core.job;

import dev.gaze.api.job.JobEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Everybody who listens to a job. */
final class Audience {
    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();

    void join(Delivery delivery) {
        deliveries.add(delivery);
    }

    /** Fixes the order of an event; called under the job's lock, and calls nobody. */
    void note(JobEvent event) {
        deliveries.forEach(delivery -> delivery.note(event));
    }

    /** Brings what was noted to the listeners; called outside all locks. */
    void deliver() {
        deliveries.forEach(Delivery::deliver);
    }
}
