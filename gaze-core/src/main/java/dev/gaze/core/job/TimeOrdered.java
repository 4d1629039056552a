package dev.gaze.core.job;

import java.time.Instant;
import java.util.UUID;

/**
 * Ids that begin with the millisecond they were made in and are random after it: UUIDs of version 7 (RFC 9562). What is
 * new goes to the end of every index then, so handing in the 100,000th job takes no longer than the first.
 */
final class TimeOrdered {
    private static final long VERSION = 0x7000;
    private static final long RANDOM = 0x0FFF;

    private TimeOrdered() {}

    /**
     * A new id. Its random part is unique for ever, so it never comes from a source that can be seeded.
     *
     * @param now the time it begins with
     */
    static UUID id(Instant now) {
        UUID random = UUID.randomUUID();
        return new UUID(
                now.toEpochMilli() << 16 | VERSION | random.getMostSignificantBits() & RANDOM,
                random.getLeastSignificantBits());
    }
}
