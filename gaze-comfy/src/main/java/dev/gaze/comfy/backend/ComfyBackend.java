package dev.gaze.comfy.backend;

import dev.gaze.api.backend.BackendId;
import dev.gaze.api.backend.RenderBackend;
import dev.gaze.api.backend.RenderServer;
import dev.gaze.api.backend.ServerSettings;
import dev.gaze.api.time.Time;
import dev.gaze.comfy.client.ComfyClient;
import java.net.URI;
import java.util.concurrent.Executor;

/** ComfyUI servers, by {@code http} and {@code https} addresses. */
public final class ComfyBackend implements RenderBackend {

    /** Opens nothing. */
    public ComfyBackend() {}

    @Override
    public String id() {
        return "comfy";
    }

    @Override
    public boolean takes(URI address) {
        return ("http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme()))
                && address.getRawAuthority() != null; // not getHost: it is null for names such as my_comfy
    }

    @Override
    public RenderServer connect(ServerSettings settings, Time time, Executor callbacks) {
        return new ComfyServer(new BackendId(settings.name()), new ComfyClient(settings, time, callbacks), time);
    }
}
