package dev.gaze.core.wildcard;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** The entries of a text file: a line each, trimmed; blank ones and those that start with {@code #} are none. */
final class TextEntries {
    /** Longer lines are no entries, in bytes. */
    static final int LONGEST_LINE = 1 << 20;

    private TextEntries() {}

    /** Reads the entries of some lines, those of weight 0 left out. */
    static void read(byte[] bytes, int from, int to, Consumer<Weighted> each) {
        int start = from;
        while (start < to) {
            int end = start;
            while (end < to && bytes[end] != '\n') {
                end++;
            }
            if (end - start <= LONGEST_LINE) {
                String line = new String(bytes, start, end - start, StandardCharsets.UTF_8).strip();
                if (!line.isEmpty() && line.charAt(0) != '#') {
                    Weighted entry = Weighted.of(line);
                    if (entry.weight() > 0) {
                        each.accept(entry);
                    }
                }
            }
            start = end + 1;
        }
    }

    /** How many bytes of a file's beginning are a byte order mark. */
    static int byteOrderMark(byte[] bytes, int length) {
        return length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF ? 3 : 0;
    }
}
