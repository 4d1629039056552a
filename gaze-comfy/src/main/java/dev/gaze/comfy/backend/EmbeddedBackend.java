package dev.gaze.comfy.backend;

import dev.gaze.api.backend.RenderBackend;
import dev.gaze.api.backend.RenderServer;
import dev.gaze.api.backend.ServerSettings;
import dev.gaze.api.time.Time;
import java.net.URI;
import java.util.concurrent.Executor;

/**
 * The sketch server inside this process, by {@code embedded:} addresses. It starts with the first question or run and
 * ends with the connection. It pretends to have every model file a graph names, so that any library can be tried.
 */
public final class EmbeddedBackend implements RenderBackend {

    /** Opens nothing. */
    public EmbeddedBackend() {}

    @Override
    public String id() {
        return "embedded";
    }

    @Override
    public boolean takes(URI address) {
        return "embedded".equalsIgnoreCase(address.getScheme());
    }

    @Override
    public RenderServer connect(ServerSettings settings, Time time, Executor callbacks) {
        return new EmbeddedServer(settings, time, callbacks);
    }
}
