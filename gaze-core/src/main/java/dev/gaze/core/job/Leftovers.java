package dev.gaze.core.job;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.time.Time;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;

/**
 * Prompts that nobody follows any more and that may still be on their server: stopped there, so that it does not work for
 * nobody. A server that is away is asked again until it answers or is taken away, unless others share the database, who may
 * have taken the prompt over meanwhile. What is left when the library closes stays there. Safe for use by several threads.
 */
final class Leftovers {
    private static final System.Logger LOG = System.getLogger(Leftovers.class.getName());
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LAST = Duration.ofSeconds(30);

    private final Time time;
    private final Executor calls;
    private final boolean shared;
    private final Predicate<KnownServer> wanted;
    /** By server, so that one that is away costs one question at a time; an entry stands while somebody is at it. */
    private final Map<KnownServer, Set<UUID>> left = new HashMap<>();

    /**
     * Nothing is left over.
     *
     * @param calls runs questions that may take as long as a server's limits allow
     * @param shared whether others make the same jobs: a prompt that was lost to us may be followed by them
     * @param wanted whether a server that did not answer is asked again
     */
    Leftovers(Time time, Executor calls, boolean shared, Predicate<KnownServer> wanted) {
        this.time = time;
        this.calls = calls;
        this.shared = shared;
        this.wanted = wanted;
    }

    /** Stops a prompt that was lost to us, unless somebody else may have taken it over. Returns at once. */
    void stopLost(KnownServer server, UUID prompt) {
        if (!shared) {
            stop(server, prompt);
        }
    }

    /** Stops a prompt on its server, now or, unless others may follow it by then, when it answers. Returns at once. */
    void stop(KnownServer server, UUID prompt) {
        boolean first;
        synchronized (this) {
            first = !left.containsKey(server);
            left.computeIfAbsent(server, nothing -> new LinkedHashSet<>()).add(prompt);
        }
        if (first) {
            begin(server, FIRST);
        }
    }

    private void begin(KnownServer server, Duration wait) {
        try {
            calls.execute(() -> stopAll(server, wait));
        } catch (RejectedExecutionException | OutOfMemoryError busy) { // closed, or no thread to be had
            later(server, wait, busy);
        }
    }

    private void later(KnownServer server, Duration wait, Throwable why) {
        LOG.log(Level.DEBUG, "What is left over on " + server.id() + " is stopped later", why);
        if (shared || !wanted.test(server)) {
            drop(server);
            return;
        }
        Duration twice = wait.multipliedBy(2);
        time.after(wait, () -> begin(server, twice.compareTo(LAST) > 0 ? LAST : twice));
    }

    private void stopAll(KnownServer server, Duration wait) {
        for (Optional<UUID> next = next(server); next.isPresent(); next = next(server)) {
            try {
                server.server().cancel(next.get());
            } catch (GazeException away) {
                later(server, wait, away);
                return;
            } catch (Error noMemory) {
                later(server, wait, noMemory);
                return;
            } catch (RuntimeException fault) {
                LOG.log(Level.WARNING, "Prompt " + next.get() + " on " + server.id() + " is left to itself", fault);
            }
            settled(server, next.get());
        }
    }

    /** What is to be stopped next; when that is empty, nobody is at this server any more. */
    private synchronized Optional<UUID> next(KnownServer server) {
        Set<UUID> prompts = left.getOrDefault(server, Set.of());
        if (prompts.isEmpty()) {
            left.remove(server);
            return Optional.empty();
        }
        return Optional.of(prompts.iterator().next());
    }

    private synchronized void settled(KnownServer server, UUID prompt) {
        left.getOrDefault(server, Set.of()).remove(prompt);
    }

    private synchronized void drop(KnownServer server) {
        left.remove(server);
    }
}
