package dev.gaze.core.asset;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * What a file looked like from outside when it was read. As long as it looks the same it need not be read again.
 *
 * <p>File systems stamp changes with a coarse clock: a file written twice within one tick looks the same, if its size
 * is. So a file that was read so soon after its change that another one could hide is read once more by the next sync
 * (the "racy" rule of git's index).
 *
 * @param size in bytes
 * @param modified nanoseconds since 1970
 * @param read when it was read, nanoseconds since 1970
 */
record FileStamp(long size, long modified, long read) {
    /** Of what has no file. */
    static final FileStamp NONE = new FileStamp(-1, 0, 0);

    /** Two jiffies of the slowest common kernel, and the 16 ms of Windows, are well below. */
    private static final long FINE_TICK = Duration.ofMillis(100).toNanos();
    /** FAT and some network disks count in steps of two seconds. */
    private static final long COARSE_TICK = Duration.ofMillis(2500).toNanos();

    boolean looksLike(FolderListing.Found file) {
        return size == file.size() && modified == file.modified() && isSettled();
    }

    private boolean isSettled() {
        boolean wholeSeconds = modified % TimeUnit.SECONDS.toNanos(1) == 0;
        return read - modified > (wholeSeconds ? COARSE_TICK : FINE_TICK);
    }

    static long nanos(Instant time) {
        return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
    }
}
