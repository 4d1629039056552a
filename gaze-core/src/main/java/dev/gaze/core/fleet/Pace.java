package dev.gaze.core.fleet;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long a server works on a job, with and without loading a checkpoint first: moving averages. */
final class Pace {
    private static final double NEWEST = 0.3;

    private double warm = Double.NaN;
    private double swapped = Double.NaN;

    synchronized void ran(boolean afterSwap, Duration span) {
        double millis = span.toNanos() / 1e6;
        if (afterSwap) {
            swapped = average(swapped, millis);
        } else {
            warm = average(warm, millis);
        }
    }

    private static double average(double before, double now) {
        return Double.isNaN(before) ? now : before + NEWEST * (now - before);
    }

    /** How long a job takes on what is loaded; null while that is not known. */
    synchronized @Nullable Duration run() {
        return Double.isNaN(warm) ? null : span(warm);
    }

    /** How long loading another checkpoint takes; null while that is not known. */
    synchronized @Nullable Duration swap() {
        return Double.isNaN(warm) || Double.isNaN(swapped) ? null : span(Math.max(0, swapped - warm));
    }

    private static Duration span(double millis) {
        return Duration.ofNanos((long) (millis * 1e6));
    }
}
