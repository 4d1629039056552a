package dev.gaze.llm.tag;

import java.util.Arrays;

/**
 * Gathers the rows of a list in growing arrays: names and aliases one behind the other, each a text with a number.
 * {@link Packing} makes a table of them.
 */
final class TagRows {
    private byte[] bytes = new byte[1 << 16];
    private int filled;
    private int[] begins = new int[1 << 10];
    private int[] ends = new int[1 << 10];
    private int[] rowOf = new int[1 << 10];
    private int textCount;
    private int[] names = new int[1 << 10];
    private int[] counts = new int[1 << 10];
    private byte[] categories = new byte[1 << 10];
    private int count;

    /** A new row; the aliases that follow are its own. */
    void add(byte[] source, int from, int to, int category, long used) {
        if (count == counts.length) {
            names = Arrays.copyOf(names, 2 * count);
            counts = Arrays.copyOf(counts, 2 * count);
            categories = Arrays.copyOf(categories, 2 * count);
        }
        names[count] = textCount;
        counts[count] = (int) Math.min(Integer.MAX_VALUE, used);
        categories[count] = (byte) category;
        count++;
        alias(source, from, to);
    }

    /** Another name of the row that was added last. */
    void alias(byte[] source, int from, int to) {
        int length = to - from;
        if (filled + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, filled + length));
        }
        System.arraycopy(source, from, bytes, filled, length);
        if (textCount == begins.length) {
            begins = Arrays.copyOf(begins, 2 * textCount);
            ends = Arrays.copyOf(ends, 2 * textCount);
            rowOf = Arrays.copyOf(rowOf, 2 * textCount);
        }
        begins[textCount] = filled;
        filled += length;
        ends[textCount] = filled;
        rowOf[textCount++] = count - 1;
    }

    // Texts ----------------------------------------------------------------------------------------------------------

    /** How many bytes all texts take. */
    int size() {
        return filled;
    }

    byte[] bytes() {
        return bytes;
    }

    /** How many names and aliases there are. */
    int texts() {
        return textCount;
    }

    int begin(int text) {
        return begins[text];
    }

    int end(int text) {
        return ends[text];
    }

    /** The row that a name or an alias belongs to. */
    int row(int text) {
        return rowOf[text];
    }

    boolean isName(int text) {
        return names[rowOf[text]] == text;
    }

    boolean same(int one, int other) {
        return Arrays.equals(bytes, begins[one], ends[one], bytes, begins[other], ends[other]);
    }

    /** All texts in the order of their bytes; equal ones as they came. */
    int[] sorted() {
        return PlaceOrder.of(bytes, begins, ends, textCount);
    }

    // Rows -----------------------------------------------------------------------------------------------------------

    /** How many rows there are. */
    int count() {
        return count;
    }

    /** The text that is the name of a row. */
    int name(int row) {
        return names[row];
    }

    /** How many pictures carry the tag of a row. */
    int used(int row) {
        return counts[row];
    }

    byte category(int row) {
        return categories[row];
    }
}
