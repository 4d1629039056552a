package dev.gaze.core.wildcard;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;

/**
 * Where the entries of a text file are, roughly: for every 64 kB, the first entry that starts there, how many and how heavy
 * those in front of it are. A gigabyte takes less than half a megabyte of it, and any entry is found by reading one block.
 *
 * <p>Made by one sequential scan that looks for line feeds eight bytes at a time. Only lines are looked at, not letters:
 * UTF-8 never hides a line feed inside another character.
 */
final class LineIndex {
    /** How far blocks lie apart at least, in bytes. */
    static final int BLOCK = 64 << 10;

    private static final int BUFFER = 2 << 20;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long FEEDS = 0x0A0A0A0A0A0A0A0AL;
    private static final long LOWS = 0x7F7F7F7F7F7F7F7FL;

    private final Stamp stamp;
    private long[] offsets = new long[64];
    private long[] counts = new long[64];
    private double[] sums = new double[64];
    private int blocks;
    private long nextBlock;
    private long entries;
    private double beyondOne; // what the weights are in sum, without 1 for each entry
    private boolean uniform = true;
    private long end;
    private int overlong;

    private LineIndex(Stamp stamp) {
        this.stamp = stamp;
    }

    /** Scans a file. */
    static LineIndex of(Path file) throws IOException {
        LineIndex index = new LineIndex(FolderScan.stamp(Files.readAttributes(file, BasicFileAttributes.class)));
        try (InputStream in = Files.newInputStream(file)) {
            index.scan(in);
        }
        return index;
    }

    /** The size and time of the file before it was scanned. */
    Stamp stamp() {
        return stamp;
    }

    long entries() {
        return entries;
    }

    double total() {
        return entries + beyondOne;
    }

    boolean uniform() {
        return uniform;
    }

    /** How many lines were passed over because they are too long. */
    int overlong() {
        return overlong;
    }

    /** The block that holds an entry. */
    int blockOf(long entry) {
        return floor(Arrays.binarySearch(counts, 0, blocks, entry));
    }

    /** The block in which the running sum of weights passes a point. */
    int blockAt(double point) {
        return floor(Arrays.binarySearch(sums, 0, blocks, point));
    }

    private static int floor(int found) {
        return Math.max(0, found >= 0 ? found : -found - 2);
    }

    long offset(int block) {
        return offsets[block];
    }

    long end(int block) {
        return block + 1 < blocks ? offsets[block + 1] : end;
    }

    /** How many entries stand in front of a block. */
    long count(int block) {
        return counts[block];
    }

    /** How heavy those in front of a block are together. */
    double sum(int block) {
        return sums[block];
    }

    // The scan -------------------------------------------------------------------------------------------------------

    private void scan(InputStream in) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long base = 0; // the offset of the buffer's first byte in the file
        int filled = 0;
        boolean skipping = false; // inside a line that is too long
        for (int read; (read = in.read(buffer, filled, BUFFER - filled)) >= 0; ) {
            filled += read;
            int start = base == 0 ? TextEntries.byteOrderMark(buffer, filled) : 0;
            if (skipping) {
                int behind = behindFeed(buffer, start, filled);
                skipping = behind < 0;
                start = skipping ? filled : behind;
            }
            start = lines(buffer, start, filled, base);
            if (filled - start > TextEntries.LONGEST_LINE) {
                overlong += skipping ? 0 : 1;
                skipping = true;
                start = filled;
            }
            System.arraycopy(buffer, start, buffer, 0, filled - start);
            base += start;
            filled -= start;
        }
        if (!skipping && filled > 0) {
            line(buffer, base == 0 ? TextEntries.byteOrderMark(buffer, filled) : 0, filled, base);
        }
        end = base + filled;
    }

    /** Behind the first line feed; -1 when there is none. */
    private static int behindFeed(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    /** Takes in all lines that end here; gives where the one begins that does not. */
    private int lines(byte[] bytes, int from, int to, long base) {
        int start = from;
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            long differs = (long) LONGS.get(bytes, i) ^ FEEDS;
            long feeds = ~((differs & LOWS) + LOWS | differs | LOWS); // the highest bit of each byte that is one
            for (; feeds != 0; feeds &= feeds - 1) {
                int feed = i + (Long.numberOfTrailingZeros(feeds) >>> 3);
                line(bytes, start, feed, base);
                start = feed + 1;
            }
        }
        for (; i < to; i++) {
            if (bytes[i] == '\n') {
                line(bytes, start, i, base);
                start = i + 1;
            }
        }
        return start;
    }

    /** Most lines are told by their first letter. */
    private void line(byte[] bytes, int from, int to, long base) {
        if (from < to && bytes[from] > '9' && to - from <= TextEntries.LONGEST_LINE) {
            add(base + from);
        } else {
            unusual(bytes, from, to, base);
        }
    }

    /** Judges a line by its first bytes, just as {@link TextEntries} does by its letters. */
    private void unusual(byte[] bytes, int from, int to, long base) {
        if (to - from > TextEntries.LONGEST_LINE) {
            overlong++;
            return;
        }
        int start = from;
        while (start < to && isBlank(bytes[start])) {
            start++;
        }
        if (start == to || bytes[start] == '#') {
            return;
        }
        double weight = 1;
        if (mayBeWeight(bytes, start, to)) {
            weight = Weighted.of(new String(bytes, start, Math.min(to - start, 40), StandardCharsets.US_ASCII))
                    .weight();
        } else if (mayBeWideBlank(bytes, start, to)) {
            weight = weightOfLetters(new String(bytes, start, to - start, StandardCharsets.UTF_8).strip());
        }
        if (weight == 0) {
            return;
        }
        add(base + from);
        if (weight != 1) {
            uniform = false;
            beyondOne += weight - 1;
        }
    }

    private void add(long offset) {
        if (offset >= nextBlock) {
            addBlock(offset);
            nextBlock = offset + BLOCK;
        }
        entries++;
    }

    private static double weightOfLetters(String line) {
        return line.isEmpty() || line.charAt(0) == '#' ? 0 : Weighted.of(line).weight();
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b >= 0x09 && b <= 0x0D || b >= 0x1C && b <= 0x1F;
    }

    private static boolean mayBeWeight(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && (bytes[i] >= '0' && bytes[i] <= '9' || bytes[i] == '.')) {
            i++;
        }
        return i > from && i + 1 < to && bytes[i] == ':' && bytes[i + 1] == ':';
    }

    /** Whether a character starts here that is a blank beyond ASCII, or looks like one: U+1680, U+2000 to U+205F, U+3000. */
    private static boolean mayBeWideBlank(byte[] bytes, int at, int to) {
        if (bytes[at] >= 0 || at + 2 >= to) {
            return false;
        }
        int first = bytes[at] & 0xFF;
        int second = bytes[at + 1] & 0xFF;
        return first == 0xE1 && second == 0x9A
                || first == 0xE2 && (second == 0x80 || second == 0x81)
                || first == 0xE3 && second == 0x80 && (bytes[at + 2] & 0xFF) == 0x80;
    }

    private void addBlock(long offset) {
        if (blocks == offsets.length) {
            offsets = Arrays.copyOf(offsets, blocks * 2);
            counts = Arrays.copyOf(counts, blocks * 2);
            sums = Arrays.copyOf(sums, blocks * 2);
        }
        offsets[blocks] = offset;
        counts[blocks] = entries;
        sums[blocks] = total();
        blocks++;
    }
}
