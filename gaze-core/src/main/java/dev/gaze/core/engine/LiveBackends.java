package dev.gaze.core.engine;

import dev.gaze.api.backend.BackendId;
import dev.gaze.api.backend.BackendStatus;
import dev.gaze.api.backend.Backends;
import dev.gaze.api.backend.RenderServer;
import dev.gaze.api.backend.ServerSettings;
import dev.gaze.core.fleet.Fleet;
import dev.gaze.core.settings.ServerChoice;
import java.util.List;

/** The servers of an open library: connects, and hands the connection to the fleet. */
final class LiveBackends implements Backends {
    private final Fleet fleet;
    private final Connections connections;
    private final CloseStack opened;

    LiveBackends(Fleet fleet, Connections connections, CloseStack opened) {
        this.fleet = fleet;
        this.connections = connections;
        this.opened = opened;
    }

    /** Connects to the servers of the settings. */
    void open(ServerChoice choice) {
        connections.open(choice).forEach((settings, server) -> fleet.add(opened.add(server), settings.slots()));
    }

    @Override
    public List<BackendStatus> list() {
        return fleet.status();
    }

    @Override
    public BackendId add(ServerSettings settings) {
        RenderServer server = connections.connect(settings);
        try {
            fleet.add(server, settings.slots());
        } catch (RuntimeException refused) {
            server.close();
            throw refused;
        }
        opened.add(server);
        return server.id();
    }

    @Override
    public boolean remove(BackendId id) {
        return fleet.remove(id);
    }
}
