package dev.gaze.core.small;

import dev.gaze.api.backend.RenderBackend;
import dev.gaze.api.backend.RenderServer;
import dev.gaze.api.backend.ServerSettings;
import dev.gaze.api.plugin.Extension;
import dev.gaze.api.plugin.GazePlugin;
import dev.gaze.api.time.Time;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/** Servers inside a test, at addresses such as {@code http://small.invalid}. Handed to the builder as a plugin. */
public final class SmallBackend implements RenderBackend, GazePlugin {
    private final UnaryOperator<SmallServer> setUp;
    private final List<SmallServer> servers = new CopyOnWriteArrayList<>();
    private final List<ServerSettings> settings = new CopyOnWriteArrayList<>();

    /** A type of server; each is set up as the test says. */
    public SmallBackend(UnaryOperator<SmallServer> setUp) {
        this.setUp = setUp;
    }

    /** The servers connected so far. */
    public List<SmallServer> servers() {
        return new ArrayList<>(servers);
    }

    /** The first server. */
    public SmallServer server() {
        return servers.get(0);
    }

    /** What the servers were connected with. */
    public List<ServerSettings> settings() {
        return new ArrayList<>(settings);
    }

    @Override
    public String id() {
        return "small";
    }

    @Override
    public List<Extension> extensions() {
        return List.of(this, new SmallWirer());
    }

    @Override
    public boolean takes(URI address) {
        return "http".equals(address.getScheme()) || "embedded".equals(address.getScheme());
    }

    @Override
    public RenderServer connect(ServerSettings server, Time time, Executor callbacks) {
        settings.add(server);
        SmallServer connected = setUp.apply(new SmallServer(server.name(), callbacks));
        servers.add(connected);
        return connected;
    }
}
