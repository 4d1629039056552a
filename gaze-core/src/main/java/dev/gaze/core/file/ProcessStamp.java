package dev.gaze.core.file;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which run of which process on which machine this is. The start time tells a process from a later one that got the same
 * number, as happens in containers, where everybody is number 1.
 *
 * @param pid the number of the process
 * @param started when it started, in milliseconds since 1970; 0 when the system does not tell
 * @param machine stands for the name of its machine: letters and digits
 */
public record ProcessStamp(long pid, long started, String machine) {
    /** Systems derive the start from ticks since boot, so two readings may differ a little. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private static final String HERE = machine(host());
    private static final ProcessStamp MINE = of(ProcessHandle.current());

    /**
     * A process of this machine.
     *
     * @param pid its number
     * @param started when it started, as above
     */
    public ProcessStamp(long pid, long started) {
        this(pid, started, HERE);
    }

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
     * @param text what {@link #toString} gave; without a machine, this one is meant
     * @return the stamp; empty when the text is none
     */
    public static Optional<ProcessStamp> parse(String text) {
        String[] parts = text.split("-", 3);
        try {
            return parts.length < 2
                    ? Optional.empty()
                    : Optional.of(new ProcessStamp(
                            Long.parseLong(parts[0]),
                            Long.parseLong(parts[1], 36),
                            parts.length == 2 ? HERE : parts[2]));
        } catch (NumberFormatException notOurs) {
            return Optional.empty();
        }
    }

    /**
     * Whether that process runs on this machine.
     *
     * @return false when it ended, even if its number was given to another, and for those of other machines
     */
    public boolean alive() {
        return isHere()
                && ProcessHandle.of(pid)
                        .filter(ProcessHandle::isAlive)
                        .map(ProcessStamp::of)
                        .filter(other -> started == 0
                                || other.started == 0
                                || Math.abs(other.started - started) <= TOLERANCE.toMillis())
                        .isPresent();
    }

    /**
     * Whether that process is or was one of this machine, so that {@link #alive} tells whether it has ended.
     *
     * @return false when nobody here can know
     */
    public boolean isHere() {
        return machine.equals(HERE);
    }

    private static ProcessStamp of(ProcessHandle handle) {
        return new ProcessStamp(
                handle.pid(),
                handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
    }

    private static String machine(String host) {
        return Integer.toString(host.hashCode() & Integer.MAX_VALUE, 36);
    }

    /**
     * The name of this machine.
     *
     * @return its host name, as far as it has one
     */
    public static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }

    /** {@code 4711-mf3k2x-1a2b3c}: short enough for a file name. */
    @Override
    public String toString() {
        return pid + "-" + Long.toString(started, 36) + "-" + machine;
    }
}
