package dev.gaze.llm.tag;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Many short texts in one array of UTF-8 bytes. A <em>place</em> is a text or the rest of one: where it begins among all
 * bytes, and where its text ends.
 *
 * @param bytes all texts, one behind the other
 * @param starts where each begins, and behind them where the last one ends
 */
record Texts(byte[] bytes, int[] starts) {

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    int count() {
        return starts.length - 1;
    }

    int start(int text) {
        return starts[text];
    }

    int end(int text) {
        return starts[text + 1];
    }

    String get(int text) {
        return new String(bytes, start(text), end(text) - start(text), StandardCharsets.UTF_8);
    }

    boolean is(int text, byte[] other) {
        return Arrays.equals(bytes, start(text), end(text), other, 0, other.length);
    }

    boolean contains(int text, byte[] part) {
        int last = end(text) - part.length;
        for (int at = start(text); at <= last; at++) {
            if (bytes[at] == part[0] && Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a byte belongs to a word; what is not ASCII counts as a letter. */
    static boolean inWord(byte b) {
        return b < 0 || b >= 'a' && b <= 'z' || b >= '0' && b <= '9';
    }
}
