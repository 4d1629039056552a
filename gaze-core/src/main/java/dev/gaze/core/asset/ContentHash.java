package dev.gaze.core.asset;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Tells one content of a file from another: the first half of its SHA-256, held in two longs because an index holds
 * very many of them.
 *
 * @param high the first eight bytes
 * @param low the next eight
 */
record ContentHash(long high, long low) {
    /** Of what has no file. */
    static final ContentHash NONE = new ContentHash(0, 0);

    static ContentHash of(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return new ContentHash(number(digest, 0), number(digest, Long.BYTES));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java has SHA-256", missing);
        }
    }

    static ContentHash parse(String text) {
        if (text.isEmpty()) {
            return NONE;
        }
        return new ContentHash(HexFormat.fromHexDigitsToLong(text, 0, 16), HexFormat.fromHexDigitsToLong(text, 16, 32));
    }

    private static long number(byte[] bytes, int from) {
        long number = 0;
        for (int i = from; i < from + Long.BYTES; i++) {
            number = number << 8 | bytes[i] & 0xff;
        }
        return number;
    }

    /** 32 hexadecimal digits; blank for {@link #NONE}. */
    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return this.equals(NONE) ? "" : hex.toHexDigits(high) + hex.toHexDigits(low);
    }
}
