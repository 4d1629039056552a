package dev.gaze.core.store;

import java.sql.SQLException;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.jdbi.v3.core.Handle;

/**
 * Keeps an H2 file from growing with every change. Each commit writes the pages it has touched anew, and a piece of the
 * file can be used again only when nothing of it is needed any more; some page nearly always is. H2 brings such pages
 * together when it closes a small file, and hardly ever while one is open: without this, a job cost 100 kB of disk for
 * ever, of which 3 kB were its own.
 */
final class Tidying {
    /** Percent: pieces of the file are left alone when more of them is needed. */
    private static final int NEEDED = 50;
    /** How much is written at a time, so that nobody who commits meanwhile waits for long. */
    private static final int BYTES = 4 << 20;

    private Tidying() {}

    /**
     * Brings some pages together. The version they stood in is held until the new ones are on the disk, so that nobody
     * writes over the old ones before: a power cut finds either.
     */
    static void tidy(Handle handle) throws SQLException {
        SessionLocal session = (SessionLocal)
                handle.getConnection().unwrap(JdbcConnection.class).getSession();
        MVStore store = session.getDatabase().getStore().getMvStore();
        var held = store.registerVersionUsage();
        try {
            if (store.compact(NEEDED, BYTES)) {
                handle.execute(Forcing.STATEMENT);
            }
        } finally {
            store.deregisterVersionUsage(held);
        }
    }
}
