package dev.gaze.comfy.client;

import java.nio.ByteBuffer;

/** Tells whether a PNG is all there. A server that dies while it sends a file of unknown length ends it like a whole one. */
final class PngEnd {
    private static final long SIGNATURE = 0x89504E470D0A1A0AL;
    private static final int IEND = 0x49454E44;

    private PngEnd() {}

    /** True when the bytes begin as a PNG does and its chunks do not reach the last one. */
    static boolean isMissing(byte[] bytes) {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        if (bytes.length < 8 || left.getLong() != SIGNATURE) {
            return false;
        }
        while (left.remaining() >= 12) {
            int length = left.getInt();
            int type = left.getInt();
            if (length < 0 || length > left.remaining() - 4) {
                return true;
            }
            if (type == IEND) {
                return false;
            }
            left.position(left.position() + length + 4);
        }
        return true;
    }
}
