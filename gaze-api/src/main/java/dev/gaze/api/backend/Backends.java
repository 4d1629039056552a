package dev.gaze.api.backend;

import java.net.URI;
import java.util.List;

/** The servers of a library, which may come and go while it is open. Safe for use by several threads. */
public interface Backends {

    /**
     * How all servers are doing.
     *
     * @return a snapshot, in the order in which they were added
     */
    List<BackendStatus> list();

    /**
     * Uses one more server from now on, until the library is closed or it is removed.
     *
     * @param server how to reach it
     * @return its name
     * @throws dev.gaze.api.problem.GazeException {@code CONFLICT} when there is one of this name; {@code INVALID} when no
     *     installed plugin can connect to it
     */
    BackendId add(ServerSettings server);

    /**
     * Uses one more server from now on.
     *
     * @param address such as {@code http://127.0.0.1:8188}
     * @return its name
     * @throws dev.gaze.api.problem.GazeException as {@link #add(ServerSettings)}
     */
    default BackendId add(URI address) {
        return add(ServerSettings.of(address));
    }

    /**
     * Sends a server nothing more. What it works on it works on to its end; jobs that wait are made by the others. When
     * the last one is removed, jobs that wait fail ({@code UNAVAILABLE}): whoever replaces a server adds the new one
     * first.
     *
     * @param id which
     * @return false when there is none of this name
     */
    boolean remove(BackendId id);
}
