package dev.gaze.core.job;

import dev.gaze.api.asset.Page;
import dev.gaze.api.job.Job;
import dev.gaze.api.job.JobId;
import dev.gaze.api.job.JobState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Remembers jobs, in memory, in the order in which they came. Only ended ones are ever forgotten (G45). */
final class JobShelf {
    private final Map<JobId, LiveJob> jobs = new LinkedHashMap<>();
    private final int most;

    /**
     * An empty shelf.
     *
     * @param most how many ended jobs are remembered
     */
    JobShelf(int most) {
        this.most = most;
    }

    synchronized void put(LiveJob job) {
        jobs.put(job.id(), job);
    }

    synchronized void remove(LiveJob job) {
        jobs.remove(job.id());
    }

    synchronized Optional<LiveJob> find(JobId id) {
        return Optional.ofNullable(jobs.get(id));
    }

    synchronized Page<Job> list(Set<JobState> states, int offset, int limit) {
        List<Job> found = new ArrayList<>(jobs.values());
        if (!states.isEmpty()) {
            found.removeIf(job -> !states.contains(job.state()));
        }
        Collections.reverse(found);
        int from = Math.min(offset, found.size());
        int to = (int) Math.min((long) from + limit, found.size());
        return new Page<>(found.subList(from, to), offset, found.size());
    }

    synchronized List<LiveJob> notEnded() {
        return jobs.values().stream().filter(job -> !job.isEnded()).toList();
    }

    /** Forgets jobs that ended at an instant or before, and the oldest ones beyond the limit; says how many. */
    synchronized int prune(Instant endedBy) {
        int before = jobs.size();
        jobs.values()
                .removeIf(job -> job.ended().filter(at -> !at.isAfter(endedBy)).isPresent());
        long surplus = jobs.values().stream().filter(LiveJob::isEnded).count() - most;
        var oldest = jobs.values().iterator();
        while (surplus > 0 && oldest.hasNext()) {
            if (oldest.next().isEnded()) {
                oldest.remove();
                surplus--;
            }
        }
        return before - jobs.size();
    }
}
