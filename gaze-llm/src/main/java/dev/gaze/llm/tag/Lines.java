package dev.gaze.llm.tag;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a stream into lines of bytes, without their ends. A byte order mark is dropped; a line beyond {@link #LONGEST} is
 * given as too long, without its bytes, so that a file of one endless line costs no memory.
 */
final class Lines {
    /** How long a line may be, in bytes. */
    static final int LONGEST = 1 << 16;

    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private byte[] buffer = new byte[2 * LONGEST];
    private int next;
    private int filled;
    private int begin;
    private int end;
    private long number;
    private boolean tooLong;

    Lines(InputStream in) {
        this.in = in;
    }

    /** Goes on to the next line; false at the end. */
    boolean next() throws IOException {
        begin = next;
        tooLong = false;
        int searched = begin;
        for (end = lineFeed(searched); end < 0; end = lineFeed(searched)) {
            if (filled - begin > LONGEST) {
                tooLong = true;
                begin = filled;
            }
            searched = filled - begin;
            if (!fill()) {
                end = filled;
                break;
            }
        }
        next = Math.min(filled, end + 1);
        if (end == begin && end == filled && !tooLong) {
            return false;
        }
        number++;
        tooLong |= end - begin > LONGEST;
        if (number == 1
                && end - begin >= MARK.length
                && Arrays.equals(buffer, begin, begin + MARK.length, MARK, 0, MARK.length)) {
            begin += MARK.length;
        }
        if (end > begin && buffer[end - 1] == '\r') {
            end--;
        }
        return true;
    }

    /** Where the next line feed stands; below zero when none was read yet. */
    private int lineFeed(int from) {
        for (int at = from; at < filled; at++) {
            if (buffer[at] == '\n') {
                return at;
            }
        }
        return -1;
    }

    /** Moves what is left to the front and reads on; false at the end of the stream. */
    private boolean fill() throws IOException {
        System.arraycopy(buffer, begin, buffer, 0, filled - begin);
        filled -= begin;
        begin = 0;
        int read = in.read(buffer, filled, buffer.length - filled);
        filled += Math.max(read, 0);
        return read > 0;
    }

    /** The number of the line, from 1. */
    long number() {
        return number;
    }

    boolean tooLong() {
        return tooLong;
    }

    byte[] bytes() {
        return buffer;
    }

    int begin() {
        return begin;
    }

    int end() {
        return end;
    }
}
