package dev.gaze.api.backend;

import dev.gaze.api.plugin.Extension;
import dev.gaze.api.time.Time;
import java.net.URI;
import java.util.concurrent.Executor;

/**
 * A type of server. Declared by a plugin; opens nothing until it is used. GAZE asks every installed type whether it
 * takes an address, and connects through the first that does.
 */
public interface RenderBackend extends Extension {

    /**
     * Whether this type can connect to an address. Answers from the address alone.
     *
     * @param address such as {@code http://127.0.0.1:8188}
     * @return true when {@link #connect} may be called with it
     */
    boolean takes(URI address);

    /**
     * Prepares a connection. Returns at once, also when the server is down: that shows with the first call.
     *
     * @param settings where and how
     * @param time the clock and timer for every limit
     * @param callbacks runs the listeners; never a thread of the connection itself
     * @return the server
     */
    RenderServer connect(ServerSettings settings, Time time, Executor callbacks);
}
