package dev.gaze.core.job;

import dev.gaze.api.job.JobEvent;
import dev.gaze.api.job.JobId;
import dev.gaze.api.job.JobNews;
import dev.gaze.api.job.Subscription;
import dev.gaze.core.ledger.Ledger;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings what happens to those who listen. Events that are kept are read from the ledger, by everybody at their own
 * pace, so a slow listener holds up nobody and misses none of them; steps and images on the way come from memory.
 */
final class News {
    private final Ledger ledger;
    private final List<Listening> listening = new CopyOnWriteArrayList<>();

    News(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Somebody listens from now on.
     *
     * @param only the job whose events are wanted; null for all jobs
     * @param after the last number seen
     */
    Subscription listen(@Nullable JobId only, long after, Consumer<JobNews> listener, Executor executor) {
        Listening one = new Listening(ledger, only, after, listener, executor, listening::remove);
        listening.add(one);
        one.wake();
        return one;
    }

    /** Whether anybody listens: to a job, or to one that moves up when another starts. */
    boolean isHeard() {
        return !listening.isEmpty();
    }

    /** Something was written down about a job. */
    void kept(JobId job) {
        listening.forEach(one -> one.heard(job));
    }

    /** A step or an image on the way. */
    void passing(JobEvent event) {
        listening.forEach(one -> one.passing(event));
    }

    /** Something may have been written down by another process. */
    void look() {
        listening.forEach(Listening::wake);
    }

    void close() {
        listening.forEach(Listening::close);
    }
}
