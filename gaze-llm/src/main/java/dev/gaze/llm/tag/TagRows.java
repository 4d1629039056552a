package dev.gaze.llm.tag;

import java.util.Arrays;

/** Gathers the rows of a list in growing arrays. {@link Packing} makes a table of them. */
final class TagRows {
    private byte[] bytes = new byte[1 << 16];
    private int filled;
    private final Places names = new Places();
    private final Places aliases = new Places();
    private int[] counts = new int[1 << 10];
    private byte[] categories = new byte[1 << 10];
    private int[] owners = new int[1 << 10];

    /** Where texts begin and end among all bytes. */
    static final class Places {
        private int[] begins = new int[1 << 10];
        private int[] ends = new int[1 << 10];
        private int count;

        private void add(int begin, int end) {
            if (count == begins.length) {
                begins = Arrays.copyOf(begins, 2 * count);
                ends = Arrays.copyOf(ends, 2 * count);
            }
            begins[count] = begin;
            ends[count++] = end;
        }

        int count() {
            return count;
        }

        int begin(int place) {
            return begins[place];
        }

        int end(int place) {
            return ends[place];
        }

        /** The places in the order of their bytes; equal ones as they came. */
        int[] sorted(byte[] bytes) {
            return PlaceOrder.of(bytes, begins, ends, count);
        }

        boolean same(byte[] bytes, int one, int other) {
            return Arrays.equals(bytes, begins[one], ends[one], bytes, begins[other], ends[other]);
        }
    }

    /** A new row; the aliases that follow are its own. */
    void add(byte[] source, int from, int to, int category, long count) {
        int row = names.count;
        if (row == counts.length) {
            counts = Arrays.copyOf(counts, 2 * row);
            categories = Arrays.copyOf(categories, 2 * row);
        }
        counts[row] = (int) Math.min(Integer.MAX_VALUE, count);
        categories[row] = (byte) category;
        names.add(filled, append(source, from, to));
    }

    /** Another name of the row that was added last. */
    void alias(byte[] source, int from, int to) {
        int alias = aliases.count;
        if (alias == owners.length) {
            owners = Arrays.copyOf(owners, 2 * alias);
        }
        owners[alias] = names.count - 1;
        aliases.add(filled, append(source, from, to));
    }

    private int append(byte[] source, int from, int to) {
        int length = to - from;
        if (filled + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, filled + length));
        }
        System.arraycopy(source, from, bytes, filled, length);
        filled += length;
        return filled;
    }

    /** How many bytes all names and aliases take. */
    int size() {
        return filled;
    }

    byte[] bytes() {
        return bytes;
    }

    Places names() {
        return names;
    }

    Places aliases() {
        return aliases;
    }

    int count(int row) {
        return counts[row];
    }

    byte category(int row) {
        return categories[row];
    }

    /** The row an alias belongs to. */
    int owner(int alias) {
        return owners[alias];
    }
}
