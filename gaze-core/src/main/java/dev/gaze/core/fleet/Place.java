package dev.gaze.core.fleet;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A place on a server, for one job. Closing it gives the place to the next one. */
public interface Place extends AutoCloseable {

    /** The server. */
    Member member();

    /** The server was sent work that needs these, and holds them from now on. */
    void held(@Nullable String checkpoint, Set<String> loras);

    /** Frees the place at once. May be called more than once. */
    @Override
    void close();
}
