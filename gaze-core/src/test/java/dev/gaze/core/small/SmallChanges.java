package dev.gaze.core.small;

import org.jdbi.v3.core.Handle;

/** Rows that come one by one at the end of one table and all over another, as those of jobs do. */
public final class SmallChanges {
    private SmallChanges() {}

    /** Writes one; {@code job_words} has a row more then. */
    public static void write(Handle handle, int row) {
        handle.execute("insert into job_template values (?, ?)", "%08x".formatted(row * 0x9E3779B1), "x");
        handle.execute("insert into job_words values (?, 'a', ?, 'c')", row, "plan ".repeat(100));
    }
}
