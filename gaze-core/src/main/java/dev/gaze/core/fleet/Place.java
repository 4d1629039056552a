package dev.gaze.core.fleet;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A place on a server, for one job. The connection stays open until it is closed, even when the server leaves. */
public interface Place extends AutoCloseable {

    /** The server. */
    Member member();

    /** The server was sent work that needs these, and holds them from now on. */
    void held(@Nullable String checkpoint, Set<String> loras);

    /** The server has done its part: the place goes to the next job at once. May be called more than once. */
    void free();

    /** Nothing is wanted of the server any more; frees the place too. May be called more than once. */
    @Override
    void close();
}
