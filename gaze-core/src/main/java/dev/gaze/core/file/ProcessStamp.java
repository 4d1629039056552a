package dev.gaze.core.file;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which run of which process this is. The start time tells a process from a later one that got the same number, as
 * happens in containers, where everybody is number 1.
 *
 * @param pid the number of the process
 * @param started when it started, in milliseconds since 1970; 0 when the system does not tell
 */
public record ProcessStamp(long pid, long started) {
    /** Systems derive the start from ticks since boot, so two readings may differ a little. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private static final ProcessStamp MINE = of(ProcessHandle.current());

    /**
     * This process.
     *
     * @return its stamp
     */
    public static ProcessStamp mine() {
        return MINE;
    }

    /**
     * Reads a stamp.
     *
     * @param text what {@link #toString} gave
     * @return the stamp; empty when the text is none
     */
    public static Optional<ProcessStamp> parse(String text) {
        int dash = text.indexOf('-');
        try {
            return dash < 0
                    ? Optional.empty()
                    : Optional.of(new ProcessStamp(
                            Long.parseLong(text.substring(0, dash)), Long.parseLong(text.substring(dash + 1), 36)));
        } catch (NumberFormatException notOurs) {
            return Optional.empty();
        }
    }

    /**
     * Whether that process still runs on this machine.
     *
     * @return false when it ended, even if its number was given to another
     */
    public boolean alive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(ProcessStamp::of)
                .filter(other ->
                        started == 0 || other.started == 0 || Math.abs(other.started - started) <= TOLERANCE.toMillis())
                .isPresent();
    }

    private static ProcessStamp of(ProcessHandle handle) {
        return new ProcessStamp(
                handle.pid(),
                handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
    }

    /** {@code 4711-mf3k2x}: short enough for a file name. */
    @Override
    public String toString() {
        return pid + "-" + Long.toString(started, 36);
    }
}
