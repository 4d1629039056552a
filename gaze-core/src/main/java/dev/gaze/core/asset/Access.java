package dev.gaze.core.asset;

import dev.gaze.api.engine.DatabaseSettings;
import org.jspecify.annotations.Nullable;

/**
 * How a library is opened.
 *
 * @param readOnly beside a writer: nothing is written, and the index lives in memory only
 * @param server shared with other writers through this server; null for a writer who is alone
 */
public record Access(boolean readOnly, @Nullable DatabaseSettings server) {
    /** Beside a writer. */
    public static final Access READ_ONLY = new Access(true, null);
    /** As the only writer. */
    public static final Access ALONE = new Access(false, null);

    /**
     * As one writer of several.
     *
     * @param server what they share
     * @return that access
     */
    public static Access shared(DatabaseSettings server) {
        return new Access(false, server);
    }
}
