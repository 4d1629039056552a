package dev.gaze.core.wildcard;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * What a file looked like from outside.
 *
 * @param size in bytes
 * @param modified nanoseconds since 1970
 */
record Stamp(long size, long modified) {
    /** Clocks of common file systems tick faster than this. */
    private static final long FINE_TICK = Duration.ofMillis(100).toNanos();
    /** FAT and some network disks count in steps of two seconds. */
    private static final long COARSE_TICK = Duration.ofMillis(2500).toNanos();

    /** Whether a change after {@code read} would show; one in the same tick as the change before it would not. */
    boolean isSettledAt(Instant read) {
        boolean wholeSeconds = modified % TimeUnit.SECONDS.toNanos(1) == 0;
        long now = TimeUnit.SECONDS.toNanos(read.getEpochSecond()) + read.getNano();
        return now - modified > (wholeSeconds ? COARSE_TICK : FINE_TICK);
    }
}
