package dev.gaze.api.plan;

import java.util.random.RandomGenerator;

/**
 * Where a sampler starts: an unsigned 64-bit number, 0 … 18446744073709551615. 0 is a seed like any other; "no seed" is
 * the absence of one.
 *
 * @param bits the number as 64 bits; read as unsigned
 */
public record Seed(long bits) {

    /**
     * Reads a seed.
     *
     * @param text decimal digits
     * @return the seed
     * @throws IllegalArgumentException when it is no number, negative or beyond 64 bits
     */
    public static Seed parse(String text) {
        try {
            return new Seed(Long.parseUnsignedLong(text.strip()));
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException(
                    "Seed '%s' is not accepted; expected a whole number from 0 to 18446744073709551615"
                            .formatted(text));
        }
    }

    /**
     * Draws a seed.
     *
     * @param random where it comes from
     * @return any seed
     */
    public static Seed draw(RandomGenerator random) {
        return new Seed(random.nextLong());
    }

    /** The number, unsigned. */
    @Override
    public String toString() {
        return Long.toUnsignedString(bits);
    }
}
