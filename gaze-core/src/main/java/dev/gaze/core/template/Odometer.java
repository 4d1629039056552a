package dev.gaze.core.template;

import java.util.Arrays;

/**
 * Walks through all combinations of choices that are only known as they are made. Every pass repeats the choices of the
 * one before up to the last that can still move, moves it, and takes the first of whatever comes behind. So the leftmost
 * choice varies slowest, nothing is kept but one path, and a choice may decide which others there are.
 */
final class Odometer {
    private long[] digits = new long[16];
    private long[] sizes = new long[16];
    private int length;
    private int at;

    /** Starts a pass behind some choices that stay as they are. */
    void rewind(int choices) {
        at = choices;
    }

    /** How many choices this pass has made. */
    int choices() {
        return at;
    }

    /** The choice that the last {@link #advance} moved; those in front of it stay. */
    int moved() {
        return length - 1;
    }

    /** The next choice of this pass, from 0 up to, but not including, {@code size}, which is 1 or more. */
    long choose(long size) {
        if (at == length) {
            grow();
            digits[at] = 0;
            length++;
        }
        sizes[at] = size;
        long chosen = Math.min(digits[at], size - 1);
        at++;
        return chosen;
    }

    /** Moves on to the next combination; false when that was the last, and the first comes again. */
    boolean advance() {
        length = at; // what this pass did not reach is no longer there
        while (length > 0 && digits[length - 1] + 1 >= sizes[length - 1]) {
            length--;
        }
        if (length > 0) {
            digits[length - 1]++;
        }
        return length > 0;
    }

    private void grow() {
        if (length == digits.length) {
            digits = Arrays.copyOf(digits, length * 2);
            sizes = Arrays.copyOf(sizes, length * 2);
        }
    }
}
