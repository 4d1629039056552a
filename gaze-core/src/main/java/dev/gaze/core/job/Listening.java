package dev.gaze.core.job;

import dev.gaze.api.job.JobEvent;
import dev.gaze.api.job.JobId;
import dev.gaze.api.job.JobNews;
import dev.gaze.api.job.Subscription;
import dev.gaze.core.ledger.Ledger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One listener: called in order, one call at a time, on its own executor. What is kept is read from the ledger when the
 * listener has time for it; of what passes it keeps a few, the newest image only, and counts what it drops.
 */
final class Listening implements Subscription {
    private static final System.Logger LOG = System.getLogger(Listening.class.getName());
    private static final int MOST_PASSING = 256;
    private static final int PAGE = 100;

    private final Ledger ledger;
    private final @Nullable JobId only;
    private final Consumer<JobNews> listener;
    private final Executor executor;
    private final Consumer<Listening> closing;
    private final Deque<JobEvent> passing = new ArrayDeque<>();
    private final Map<JobId, Long> missed = new LinkedHashMap<>();

    private boolean woken;
    private boolean running;
    private boolean closed;
    /** Only its own calls read and write these, one call at a time. */
    private long seen;

    private boolean first = true;
    private int position;

    Listening(
            Ledger ledger,
            @Nullable JobId only,
            long after,
            Consumer<JobNews> listener,
            Executor executor,
            Consumer<Listening> closing) {
        this.ledger = ledger;
        this.only = only;
        this.listener = listener;
        this.executor = executor;
        this.closing = closing;
        seen = after;
    }

    /** Something was written down; of another job it means at most that the queue has moved. */
    void heard(JobId job) {
        wake();
    }

    void passing(JobEvent event) {
        if (only != null && !only.equals(event.job())) {
            return;
        }
        synchronized (this) {
            if (closed) {
                return;
            }
            if (event instanceof JobEvent.Previewed) {
                passing.removeIf(before ->
                        before instanceof JobEvent.Previewed && before.job().equals(event.job()) && drop(before));
            }
            if (passing.size() >= MOST_PASSING) {
                drop(passing.removeFirst());
            }
            passing.add(event);
        }
        wake();
    }

    private boolean drop(JobEvent event) {
        missed.merge(event.job(), 1L, Long::sum);
        return true;
    }

    void wake() {
        synchronized (this) {
            woken = true;
            if (running || closed) {
                return;
            }
            running = true;
        }
        try {
            executor.execute(this::run);
        } catch (
                RuntimeException refused) { // usually closed; an executor is foreign code, and harms its listener alone
            LOG.log(Level.DEBUG, "A listener's executor takes no more work", refused);
            close();
        } catch (Error noThread) {
            LOG.log(Level.WARNING, "A listener is told later", noThread);
            synchronized (this) {
                running = false;
            }
        }
    }

    private void run() {
        while (mayGoOn()) {
            try {
                round();
            } catch (RuntimeException | Error failure) {
                // the ledger is closed, or its disk is gone, or memory is short; the next wake tries again
                LOG.log(
                        failure instanceof Error ? Level.WARNING : Level.DEBUG,
                        "A listener could not be told",
                        failure);
            }
        }
    }

    private synchronized boolean mayGoOn() {
        running = woken && !closed;
        woken = false;
        return running;
    }

    /** First what was kept, then what passed meanwhile, but nothing of a job whose beginning is not told yet. */
    private void round() {
        List<JobEvent> passed = takePassing();
        boolean over = false;
        List<JobNews> page;
        do {
            page = ledger.events(seen, only, PAGE);
            for (JobNews news : page) {
                if (news.event() instanceof JobEvent.Ended) {
                    tellPassed(passed, news.event().job());
                    over = news.event().job().equals(only);
                }
                JobNews now = queuedNow(news);
                seen = news.number(); // only now, as asking may fail, and the event is asked for again then
                tell(now);
            }
        } while (page.size() == PAGE && isOpen());
        tellPassed(passed, null);
        if (over) {
            close();
        } else {
            tellMoved();
        }
    }

    /** A place in the queue is told as it is now, not as it was when the job was handed in. */
    private JobNews queuedNow(JobNews news) {
        boolean latecomer = only != null && first;
        if (news.event() instanceof JobEvent.Queued || latecomer && news.event() instanceof JobEvent.Requeued) {
            position = Math.max(1, ledger.lists().position(news.event().job()));
            first = false;
            return new JobNews(news.number(), new JobEvent.Queued(news.event().job(), position));
        }
        first = false;
        if (!(news.event() instanceof JobEvent.Requeued)) {
            position = 0;
        }
        return news;
    }

    private void tellMoved() {
        if (only != null && position > 1) {
            int now = ledger.lists().position(only);
            if (now > 0 && now != position) {
                position = now;
                tell(new JobNews(seen, new JobEvent.Queued(only, now)));
            }
        }
    }

    private void tellPassed(List<JobEvent> passed, @Nullable JobId of) {
        passed.removeIf(event -> {
            if (of == null || of.equals(event.job())) {
                Long dropped;
                synchronized (this) {
                    dropped = missed.remove(event.job());
                }
                if (dropped != null) {
                    tell(new JobNews(seen, new JobEvent.Missed(event.job(), dropped)));
                }
                tell(new JobNews(seen, event));
                return true;
            }
            return false;
        });
    }

    private synchronized List<JobEvent> takePassing() {
        List<JobEvent> taken = new ArrayList<>(passing);
        passing.clear();
        return taken;
    }

    private void tell(JobNews news) {
        if (!isOpen()) {
            return;
        }
        try {
            listener.accept(news);
        } catch (Throwable failure) { // whatever foreign code throws, the next event still comes
            LOG.log(Level.WARNING, "A listener of job " + news.event().job() + " failed; the job goes on", failure);
        }
    }

    private synchronized boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            passing.clear();
            missed.clear();
        }
        closing.accept(this);
    }
}
