package dev.gaze.core.store;

import java.sql.SQLException;
import java.util.function.Supplier;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStore.TxCounter;
import org.h2.mvstore.MVStoreException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The version of an H2 file that was forced last: none of its pages is written over before a newer version is on the disk.
 * H2 by itself only waits until a piece of the file is 45 s old, which proves nothing of what was forced; that wait stays as
 * it is, since after an unclean end H2 looks for the newest version near the one that the header of the file tells of, and
 * may take an older one for it whose pages are all there still. Safe for use by several threads.
 */
final class OnDisk {
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
            now.executeFilestoreOperation(() -> {}); // whoever is writing that version has finished then
            now.sync();
        } catch (RuntimeException failure) {
            now.deregisterVersionUsage(next);
            throw failure;
        }
        if (now == store) {
            now.deregisterVersionUsage(version);
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
    static MVStore store(Handle handle) {
        try {
            SessionLocal session = (SessionLocal)
                    handle.getConnection().unwrap(JdbcConnection.class).getSession();
            return session.getDatabase().getStore().getMvStore();
        } catch (SQLException failure) {
            throw new ConnectionException(failure);
        }
    }
}
