package dev.gaze.core.store;

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

    /** Brings some pages together; the room of the old ones is free when that {@linkplain OnDisk is forced}. */
    static void tidy(Handle handle) {
        MVStore store = OnDisk.store(handle);
        store.compact(NEEDED, BYTES);
        store.commit(); // which pieces are no longer needed
    }
}
