package dev.gaze.llm.tag;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Sorts places in {@link Texts} by their bytes. They are dealt out by their first two bytes, and each deal is sorted by
 * itself, on whatever processor is free: there five bytes and the number of a place make one {@code long}, which the JDK
 * sorts quickly; only places that agree in those five are looked at five bytes further on.
 */
final class PlaceOrder {
    /** How many places can be sorted: what remains of a {@code long} beside five bytes. */
    static final int MOST = 1 << 24;

    private static final int PAIR = 2;
    private static final int PAIRS = 1 << 16;
    private static final int STEP = 5;
    private static final int NUMBER_BITS = 24;

    private final byte[] bytes;
    private final int[] begins;
    private final int[] ends;

    private PlaceOrder(byte[] bytes, int[] begins, int[] ends) {
        this.bytes = bytes;
        this.begins = begins;
        this.ends = ends;
    }

    /**
     * The numbers of places in the order of their bytes; places that are equal stand in the order of their numbers.
     *
     * @param bytes all texts
     * @param begins where each place begins
     * @param ends where the text of each ends
     * @param count how many places there are, {@link #MOST} at most
     */
    static int[] of(byte[] bytes, int[] begins, int[] ends, int count) {
        long[] keys = new PlaceOrder(bytes, begins, ends).sorted(count);
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = number(keys[i]);
        }
        return order;
    }

    private long[] sorted(int count) {
        int[] behind = new int[PAIRS + 1];
        for (int place = 0; place < count; place++) {
            behind[pair(place) + 1]++;
        }
        for (int pair = 0; pair < PAIRS; pair++) {
            behind[pair + 1] += behind[pair];
        }
        long[] keys = new long[count];
        for (int place = 0; place < count; place++) {
            keys[behind[pair(place)]++] = place; // each pair's beginning moves to its end
        }
        int[] several = IntStream.range(0, PAIRS)
                .filter(pair -> behind[pair] - begin(behind, pair) > 1)
                .toArray();
        Arrays.stream(several).parallel().forEach(pair -> sort(keys, begin(behind, pair), behind[pair], PAIR));
        return keys;
    }

    private static int begin(int[] behind, int pair) {
        return pair == 0 ? 0 : behind[pair - 1];
    }

    private int pair(int place) {
        int begin = begins[place];
        int end = ends[place];
        return (begin < end ? (bytes[begin] & 0xFF) << 8 : 0) | (begin + 1 < end ? bytes[begin + 1] & 0xFF : 0);
    }

    private void sort(long[] keys, int from, int to, int depth) {
        for (int i = from; i < to; i++) {
            int place = number(keys[i]);
            keys[i] = (five(begins[place] + depth, ends[place]) << NUMBER_BITS | place) ^ Long.MIN_VALUE; // unsigned
        }
        Arrays.sort(keys, from, to);
        int run = from;
        for (int i = from + 1; i <= to; i++) {
            if (i == to || keys[i] >>> NUMBER_BITS != keys[run] >>> NUMBER_BITS) {
                boolean goesOn = (keys[run] >>> NUMBER_BITS & 0xFF) != 0;
                if (i - run > 1 && goesOn) {
                    sort(keys, run, i, depth + STEP);
                }
                run = i;
            }
        }
    }

    /** Five bytes from here on; zeros behind the end, which no text holds. */
    private long five(int at, int end) {
        long key = 0;
        for (int i = 0; i < STEP; i++) {
            key = key << 8 | (at + i < end ? bytes[at + i] & 0xFF : 0);
        }
        return key;
    }

    private static int number(long key) {
        return (int) key & MOST - 1;
    }
}
