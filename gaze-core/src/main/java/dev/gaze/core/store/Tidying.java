package dev.gaze.core.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;

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
    /** How often at most, for one call. */
    private static final int TIMES = 64;

    private Tidying() {}

    /** What H2 may use again is used from 45 s later on, its time to be sure that the new pages are on the disk. */
    static void tidy(Connection connection) throws SQLException {
        SessionLocal session =
                (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
        MVStore store = session.getDatabase().getStore().getMvStore();
        for (int times = 0; times < TIMES && store.compact(NEEDED, BYTES); times++) {
            // more is to be done
        }
    }
}
