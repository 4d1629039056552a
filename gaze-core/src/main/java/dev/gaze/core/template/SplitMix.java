package dev.gaze.core.template;

/** SplitMix64: the same draws for the same seed on every machine, with a state of 64 bits that is cheap to set. */
final class SplitMix {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1.0p-53;

    private long state;

    void seed(long seed) {
        state = seed;
    }

    /** A number from 0 up to, but not including, {@code total}. */
    double below(double total) {
        state += GAMMA;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return ((z ^ (z >>> 31)) >>> 11) * UNIT * total;
    }
}
