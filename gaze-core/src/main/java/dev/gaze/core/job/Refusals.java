package dev.gaze.core.job;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Why servers did not take a job: one cannot make it, another is away. */
final class Refusals {
    private final Map<KnownServer, GazeException> byServer = new LinkedHashMap<>();

    /** Whether another server may still take what one has refused so. */
    static boolean isForThisServerOnly(GazeException refusal) {
        return refusal.kind() == Kind.INVALID || refusal.retryable();
    }

    synchronized void add(KnownServer server, GazeException refusal) {
        byServer.put(server, refusal);
    }

    /** Whether a server said that it cannot make it; one that was only away may come back. */
    synchronized boolean refusedBy(KnownServer server) {
        GazeException refusal = byServer.get(server);
        return refusal != null && refusal.kind() == Kind.INVALID;
    }

    synchronized boolean isEmpty() {
        return byServer.isEmpty();
    }

    /** All of them as one; it may be tried again when any of the servers was only away. */
    synchronized GazeException together() {
        if (byServer.size() == 1) {
            KnownServer server = byServer.keySet().iterator().next();
            GazeException only = byServer.get(server);
            return new GazeException(only.kind(), null, told(server, only, false), only);
        }
        boolean away = byServer.values().stream().anyMatch(GazeException::retryable);
        List<Problem> problems = byServer.entrySet().stream()
                .flatMap(refusal -> told(refusal.getKey(), refusal.getValue(), true).stream())
                .distinct()
                .toList();
        return new GazeException(
                away ? Kind.UNAVAILABLE : Kind.INVALID,
                "None of %d servers can make this picture".formatted(byServer.size()),
                problems);
    }

    private static List<Problem> told(KnownServer server, GazeException refusal, boolean amongOthers) {
        return refusal.problems().stream()
                .map(problem -> problem.where() == null
                        ? problem.at(server.id().name())
                        : amongOthers ? problem.at(problem.where() + ", on " + server.id()) : problem)
                .map(problem -> refusal.retryable() ? Advice.away(problem) : problem)
                .toList();
    }
}
