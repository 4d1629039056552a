package dev.gaze.llm.tag;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds the places that begin with some bytes, best first. The places are sorted; those that begin alike stand side by
 * side, and {@link BestFirst} gives the best of any such range.
 */
final class PrefixIndex {
    private static final int HEAD = Long.BYTES;
    private static final int PAIRS = 1 << 16;
    private static final int PAIR_SHIFT = Long.SIZE - 16;

    private final byte[] bytes;
    private final int[] begins;
    private final int[] ends;
    private final int[] tags;
    /** The first eight bytes of each place: searching reads these alone, unless it looks for more. */
    private final long[] heads;
    /** The first place for each pair of first bytes, and for every pair that is higher. */
    private final int[] byPair = new int[PAIRS + 1];

    private final BestFirst best;

    /**
     * An index of places in the order of their bytes.
     *
     * @param bytes all texts
     * @param begins where each place begins
     * @param ends where the text of each ends
     * @param tags whose text it is; the lower the better
     */
    PrefixIndex(byte[] bytes, int[] begins, int[] ends, int[] tags) {
        this.bytes = bytes;
        this.begins = begins;
        this.ends = ends;
        this.tags = tags;
        heads = new long[tags.length];
        for (int place = 0; place < tags.length; place++) {
            heads[place] = head(bytes, begins[place], ends[place]);
            byPair[(int) (heads[place] >>> PAIR_SHIFT) + 1] = place + 1;
        }
        for (int pair = 0; pair < PAIRS; pair++) {
            byPair[pair + 1] = Math.max(byPair[pair + 1], byPair[pair]);
        }
        best = new BestFirst(tags);
    }

    /**
     * An index of whole texts.
     *
     * @param texts the texts
     * @param order their numbers in the order of their bytes
     * @param tags whose text each is, in the same order
     */
    static PrefixIndex of(Texts texts, int[] order, int[] tags) {
        int[] begins = new int[order.length];
        int[] ends = new int[order.length];
        for (int place = 0; place < order.length; place++) {
            begins[place] = texts.start(order[place]);
            ends[place] = texts.end(order[place]);
        }
        return new PrefixIndex(texts.bytes(), begins, ends, tags);
    }

    int tag(int place) {
        return tags[place];
    }

    /** The whole text, or the rest of one, at a place. */
    String text(int place) {
        return new String(bytes, begins[place], ends[place] - begins[place], StandardCharsets.UTF_8);
    }

    boolean begins(int place, char with) {
        return begins[place] < ends[place] && bytes[begins[place]] == with;
    }

    /** The place of exactly these bytes; of several the first. Below zero when there is none. */
    int find(byte[] text) {
        return find(text, 0, text.length);
    }

    /** The same for bytes that stand among others. */
    int find(byte[] text, int begin, int end) {
        int place = firstFrom(text, begin, end);
        boolean same = place < tags.length && Arrays.equals(bytes, begins[place], ends[place], text, begin, end);
        return same ? place : -1;
    }

    /** The places that begin so, best first. */
    BestFirst.Places startingWith(byte[] prefix) {
        int from = firstFrom(prefix, 0, prefix.length);
        return best.within(from, firstBehind(prefix, from));
    }

    private int firstFrom(byte[] prefix, int begin, int end) {
        long key = head(prefix, begin, end);
        int place = firstAtLeast(key);
        if (end - begin <= HEAD) {
            return place;
        }
        int high = firstBeyond(key);
        while (place < high) {
            int middle = place + high >>> 1;
            if (Arrays.compareUnsigned(bytes, begins[middle], ends[middle], prefix, begin, end) < 0) {
                place = middle + 1;
            } else {
                high = middle;
            }
        }
        return place;
    }

    private int firstBehind(byte[] prefix, int from) {
        if (prefix.length <= HEAD) {
            int free = Byte.SIZE * (HEAD - prefix.length);
            return free == Long.SIZE ? tags.length : firstBeyond(head(prefix, 0, prefix.length) | (1L << free) - 1);
        }
        int low = from;
        int high = firstBeyond(head(prefix, 0, prefix.length));
        while (low < high) {
            int middle = low + high >>> 1;
            int begin = begins[middle];
            if (ends[middle] - begin >= prefix.length
                    && Arrays.equals(bytes, begin, begin + prefix.length, prefix, 0, prefix.length)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int firstBeyond(long key) {
        return key == -1 ? tags.length : firstAtLeast(key + 1);
    }

    private int firstAtLeast(long key) {
        int pair = (int) (key >>> PAIR_SHIFT);
        int low = byPair[pair];
        int high = byPair[pair + 1];
        while (low < high) {
            int middle = low + high >>> 1;
            if (Long.compareUnsigned(heads[middle], key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The first eight bytes, zeros behind the end, so that heads compare as texts do. */
    private static long head(byte[] bytes, int begin, int end) {
        long head = 0;
        for (int i = 0; i < HEAD; i++) {
            head = head << Byte.SIZE | (begin + i < end ? bytes[begin + i] & 0xFF : 0);
        }
        return head;
    }
}
