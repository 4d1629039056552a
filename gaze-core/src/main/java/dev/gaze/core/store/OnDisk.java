package dev.gaze.core.store;

import java.sql.SQLException;
import java.util.function.Supplier;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStore.TxCounter;
import org.h2.mvstore.MVStoreException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The version of an H2 file that was forced last. Nobody writes over its pages before a newer one is on the disk, so that it
 * is whole after a power cut, whatever was written later.
 *
 * <p>H2 by itself only waits until a piece of the file is 45 s old. That proves nothing of what was forced, and lets the
 * file of a busy library grow with every commit, where forcing it takes half as long again as in room that was used before.
 * Safe for use by several threads.
 */
final class OnDisk {
    /**
     * Milliseconds for which a piece of the file stays what it is. Without, H2 would cut a piece off the end of a small
     * file with every other commit, and force it once more for that.
     */
    private static final int SEASON = 1_000;

    private @Nullable MVStore store;
    private @Nullable TxCounter version;

    /**
     * Forces everything that was committed, and gives up what it replaces.
     *
     * @param open gives the store, should the one from before be closed: H2 closes it after some failures
     * @throws MVStoreException when the file cannot be forced
     */
    synchronized void force(Supplier<MVStore> open) {
        MVStore now = store == null || store.isClosed() ? open.get() : store;
        TxCounter next = now.registerVersionUsage();
        try {
            now.sync();
        } catch (RuntimeException failure) {
            now.deregisterVersionUsage(next);
            throw failure;
        }
        if (now == store) {
            now.deregisterVersionUsage(version);
        } else {
            now.setRetentionTime(SEASON);
        }
        store = now;
        version = next;
    }

    /** Holds nothing any more, so that H2 can make the file small when it closes it. */
    synchronized void release() {
        if (store != null && !store.isClosed()) {
            store.deregisterVersionUsage(version);
        }
        store = null;
        version = null;
    }

    /** How H2 keeps what a connection speaks of. */
    static MVStore store(Handle handle) throws SQLException {
        SessionLocal session = (SessionLocal)
                handle.getConnection().unwrap(JdbcConnection.class).getSession();
        return session.getDatabase().getStore().getMvStore();
    }
}
