package dev.gaze.core.job;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The jobs that wait, first in, first out (I18). One that a worker has taken but no server has begun keeps its place, so
 * that positions are true and a job that is put back is the next one again.
 */
final class JobQueue {
    private final List<LiveJob> jobs = new ArrayList<>();
    private boolean closed;

    /** Puts a job at the end; false when the queue is closed. */
    boolean add(LiveJob job) {
        synchronized (this) {
            if (closed) {
                return false;
            }
            jobs.add(job);
            renumber();
            notifyAll();
        }
        job.deliver();
        return true;
    }

    /** The first job that waits and suits; blocks until there is one. Null once the queue is closed. */
    @Nullable
    LiveJob take(Predicate<LiveJob> suits) throws InterruptedException {
        synchronized (this) {
            while (!closed) {
                for (LiveJob job : jobs) {
                    if (job.isWaiting() && suits.test(job) && job.claim()) {
                        return job;
                    }
                }
                wait();
            }
            return null;
        }
    }

    /** A job that was taken waits again, where it stood. */
    boolean putBack(LiveJob job) {
        synchronized (this) {
            if (closed || !job.unclaim()) {
                return false;
            }
            notifyAll();
            return true;
        }
    }

    /** A job no longer waits. */
    void left(LiveJob job) {
        List<LiveJob> behind;
        synchronized (this) {
            int at = jobs.indexOf(job);
            if (at < 0) {
                return;
            }
            jobs.remove(at);
            renumber();
            behind = List.copyOf(jobs.subList(at, jobs.size()));
        }
        behind.forEach(LiveJob::deliver);
    }

    /** No job is taken from now on, and none is put in. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    private void renumber() {
        for (int i = 0; i < jobs.size(); i++) {
            jobs.get(i).moved(i + 1);
        }
    }
}
