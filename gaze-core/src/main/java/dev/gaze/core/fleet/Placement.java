package dev.gaze.core.fleet;

import dev.gaze.api.backend.BackendId;
import dev.gaze.api.job.JobId;
import dev.gaze.api.job.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of the jobs that wait a free server gets: a pure rule over values.
 *
 * <ol>
 *   <li>Once in each span of the patience, the oldest of those that have waited longer than it comes first, so that nobody
 *       waits for ever. Only once: when a long queue has grown old, urgent jobs and loaded models count as much as before.
 *   <li>Then the highest priority.
 *   <li>Among equals, what the server has loaded already: its checkpoint, then its LoRAs.
 *   <li>A server whose checkpoint nobody wants any more takes the checkpoint with the most work per server that holds it,
 *       those that nobody holds before all others; unless its holders will be done with it sooner than it could load it.
 *   <li>Then the age.
 * </ol>
 *
 * @param patience how long a job waits at most behind jobs that suit the servers better
 */
record Placement(Duration patience) {

    /**
     * A server as the rule sees it.
     *
     * @param checkpoint what it has loaded; null when that is not known
     * @param loras what it has loaded besides
     * @param slots how many jobs it takes at once
     * @param run how long a job takes it; null while that is not known
     * @param swap how long it takes to load another checkpoint; null while that is not known
     */
    record Server(
            BackendId id,
            @Nullable String checkpoint,
            Set<String> loras,
            int slots,
            @Nullable Duration run,
            @Nullable Duration swap) {}

    /**
     * A job as the rule sees it.
     *
     * @param suits the servers that could make it, busy ones included
     */
    record Waiting(
            JobId id,
            Priority priority,
            long number,
            @Nullable String checkpoint,
            Set<String> loras,
            Instant since,
            Set<BackendId> suits) {}

    /**
     * The next job and its server.
     *
     * @param job which
     * @param server where to
     * @param favoured whether it goes first because it has waited for so long
     */
    record Choice(JobId job, BackendId server, boolean favoured) {}

    private static final Comparator<Waiting> BY_AGE = Comparator.comparingLong(Waiting::number);

    /**
     * Chooses.
     *
     * @param waiting the jobs without a place
     * @param servers all servers that are there
     * @param free those of them that have a place
     * @param favour when one that had waited for so long last went first; {@link Instant#MIN} for never
     * @param now the time
     * @return the next choice; empty when nobody free suits anybody who should go now
     */
    Optional<Choice> next(
            List<Waiting> waiting, List<Server> servers, Set<BackendId> free, Instant favour, Instant now) {
        List<Waiting> able = waiting.stream()
                .filter(job -> job.suits.stream().anyMatch(free::contains))
                .toList();
        Optional<Waiting> overdue = able.stream()
                .filter(job -> !dueAt(job, favour).isAfter(now))
                .min(Comparator.comparing(Waiting::since).thenComparing(BY_AGE));
        if (overdue.isPresent()) {
            return Optional.of(best(overdue.get(), servers, free));
        }
        List<Priority> levels = able.stream()
                .map(Waiting::priority)
                .distinct()
                .sorted(Comparator.reverseOrder())
                .toList();
        for (Priority level : levels) {
            List<Waiting> equals = able.stream()
                    .filter(job -> job.priority.equals(level))
                    .sorted(BY_AGE)
                    .toList();
            for (Server server : servers) {
                if (free.contains(server.id)) {
                    Optional<Waiting> job = loaded(server, equals);
                    if (job.isPresent()) {
                        return Optional.of(new Choice(job.get().id, server.id, false));
                    }
                }
            }
            Optional<Choice> other = another(level, equals, servers, free);
            if (other.isPresent()) {
                return other;
            }
        }
        return Optional.empty();
    }

    /** When a job will have waited for so long that a free server takes it whatever the other rules say. */
    Instant dueAt(Waiting job, Instant favour) {
        Instant again = favour.plus(patience);
        Instant due = job.since.plus(patience);
        return again.isAfter(due) ? again : due;
    }

    /** The server that has most of what a job needs. */
    private static Choice best(Waiting job, List<Server> servers, Set<BackendId> free) {
        Server server = servers.stream()
                .filter(one -> free.contains(one.id) && job.suits.contains(one.id))
                .max(Comparator.comparing((Server one) -> holds(one, job)).thenComparing(one -> shared(one, job)))
                .orElseThrow();
        return new Choice(job.id, server.id, true);
    }

    /** A job for what a server has loaded. */
    private static Optional<Waiting> loaded(Server server, List<Waiting> jobs) {
        return jobs.stream()
                .filter(job -> job.suits.contains(server.id) && holds(server, job))
                .max(Comparator.comparingLong((Waiting job) -> shared(server, job))
                        .thenComparing(BY_AGE.reversed()));
    }

    private static boolean holds(Server server, Waiting job) {
        return job.checkpoint == null || job.checkpoint.equals(server.checkpoint);
    }

    private static long shared(Server server, Waiting job) {
        return job.loras.stream().filter(server.loras::contains).count()
                - server.loras.stream()
                        .filter(lora -> !job.loras.contains(lora))
                        .count();
    }

    // Another checkpoint ---------------------------------------------------------------------------------------------

    /** All that waits for one checkpoint. */
    private record Group(String checkpoint, List<Waiting> jobs, List<Server> holders) {
        boolean holderMakes(Waiting job) {
            return holders.stream().anyMatch(holder -> job.suits.contains(holder.id));
        }

        double perHolder() {
            return holders.isEmpty()
                    ? Double.POSITIVE_INFINITY
                    : (double) jobs.size()
                            / holders.stream().mapToInt(Server::slots).sum();
        }
    }

    private static Optional<Choice> another(
            Priority level, List<Waiting> jobs, List<Server> servers, Set<BackendId> free) {
        Map<String, List<Waiting>> byCheckpoint = new HashMap<>();
        jobs.forEach(job -> byCheckpoint
                .computeIfAbsent(Objects.requireNonNull(job.checkpoint), any -> new ArrayList<>())
                .add(job));
        List<Group> groups = byCheckpoint.entrySet().stream()
                .map(entry -> new Group(
                        entry.getKey(),
                        entry.getValue(),
                        servers.stream()
                                .filter(server -> entry.getKey().equals(server.checkpoint))
                                .toList()))
                .sorted(Comparator.comparingDouble(Group::perHolder)
                        .thenComparing(group -> group.jobs.size())
                        .reversed()
                        .thenComparing(group -> group.jobs.get(0).number))
                .toList();
        boolean urgent = level.compareTo(Priority.INTERACTIVE) >= 0;
        for (Group group : groups) {
            for (Server server : leastLoss(servers, byCheckpoint.keySet(), free)) {
                boolean worth = urgent || worthLoading(group, server);
                Optional<Waiting> job = group.jobs.stream()
                        .filter(one -> one.suits.contains(server.id) && (worth || !group.holderMakes(one)))
                        .findFirst();
                if (job.isPresent()) {
                    return Optional.of(new Choice(job.get().id, server.id, false));
                }
            }
        }
        return Optional.empty();
    }

    /** Free servers, those first that have loaded nothing, or what nobody wants. */
    private static List<Server> leastLoss(List<Server> servers, Set<String> wanted, Set<BackendId> free) {
        return servers.stream()
                .filter(server -> free.contains(server.id))
                .sorted(Comparator.comparing(server -> server.checkpoint != null && wanted.contains(server.checkpoint)))
                .toList();
    }

    /** Whether the holders of a checkpoint would be busy with it for longer than loading it takes. */
    private static boolean worthLoading(Group group, Server server) {
        Duration run = server.run;
        Duration swap = server.swap;
        if (group.holders.isEmpty() || run == null || swap == null) {
            return true;
        }
        return run.toMillis() * group.perHolder() > swap.toMillis();
    }
}
