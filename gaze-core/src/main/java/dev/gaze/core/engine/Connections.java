package dev.gaze.core.engine;

import dev.gaze.api.backend.RenderBackend;
import dev.gaze.api.backend.RenderServer;
import dev.gaze.api.backend.ServerSettings;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.time.Time;
import dev.gaze.core.settings.ServerChoice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/** Finds for every server the backend that takes its address. */
final class Connections {
    private final List<RenderBackend> backends;
    private final Time time;
    private final Executor events;

    /**
     * Connects through some backends.
     *
     * @param backends asked in this order
     * @param time for every limit
     * @param events runs what the servers tell; never an application's executor, which may stand still
     */
    Connections(List<RenderBackend> backends, Time time, Executor events) {
        this.backends = backends;
        this.time = time;
        this.events = events;
    }

    /**
     * Connects to all servers. Nothing is asked of them yet.
     *
     * @param choice which; those nobody asked for are left out when no backend takes them, since assets and prompts
     *     are of use without a server
     * @return settings → connection, in their order
     * @throws GazeException {@code INVALID} when no backend takes an address
     */
    Map<ServerSettings, RenderServer> open(ServerChoice choice) {
        List<Problem> problems = choice.servers().stream()
                .filter(settings -> choice.asked() && backend(settings).isEmpty())
                .map(this::nobodyTakes)
                .toList();
        if (!problems.isEmpty()) {
            throw new GazeException(Kind.INVALID, null, problems);
        }
        Map<ServerSettings, RenderServer> servers = new LinkedHashMap<>();
        for (ServerSettings settings : choice.servers()) {
            backend(settings).ifPresent(backend -> servers.put(settings, backend.connect(settings, time, events)));
        }
        return servers;
    }

    /**
     * Connects to one server.
     *
     * @throws GazeException {@code INVALID} when no backend takes its address
     */
    RenderServer connect(ServerSettings settings) {
        return backend(settings)
                .orElseThrow(() -> new GazeException(Kind.INVALID, nobodyTakes(settings)))
                .connect(settings, time, events);
    }

    private Optional<RenderBackend> backend(ServerSettings settings) {
        return backends.stream()
                .filter(known -> known.takes(settings.address()))
                .findFirst();
    }

    private Problem nobodyTakes(ServerSettings settings) {
        String installed = backends.isEmpty()
                ? "put dev.gaze:gaze-comfy beside gaze-core"
                : "installed types of server: "
                        + backends.stream().map(RenderBackend::id).collect(Collectors.joining(", "));
        return Problem.of("No installed plugin can connect to server '%s'".formatted(settings.name()))
                .at(settings.address().toString())
                .fix(installed);
    }
}
