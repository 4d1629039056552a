package dev.gaze.api.chat;

import java.util.Arrays;

/** A picture within a message, as the bytes of its file. Immutable. */
public final class ChatImage {
    /** The largest file taken, in bytes: 20 MB, which is what most servers accept. */
    public static final int MAX_BYTES = 20_000_000;

    private final String mediaType;
    private final byte[] bytes;

    private ChatImage(String mediaType, byte[] bytes) {
        this.mediaType = mediaType;
        this.bytes = bytes;
    }

    /**
     * A picture.
     *
     * @param bytes the whole file: PNG, JPEG, WebP or GIF; copied
     * @return the picture, its type told by its first bytes
     * @throws IllegalArgumentException if it is none of these, or larger than {@link #MAX_BYTES}
     */
    public static ChatImage of(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("A picture of %d bytes is too large for a message; accepted are up to %d"
                    .formatted(bytes.length, MAX_BYTES));
        }
        return new ChatImage(typeOf(bytes), bytes.clone());
    }

    /**
     * What kind of file it is.
     *
     * @return such as {@code image/png}
     */
    public String mediaType() {
        return mediaType;
    }

    /**
     * The file.
     *
     * @return a copy of its bytes
     */
    public byte[] bytes() {
        return bytes.clone();
    }

    private static String typeOf(byte[] bytes) {
        if (at(bytes, 0, "\u0089PNG")) {
            return "image/png";
        }
        if (at(bytes, 0, "\u00ff\u00d8\u00ff")) {
            return "image/jpeg";
        }
        if (at(bytes, 0, "RIFF") && at(bytes, 8, "WEBP")) {
            return "image/webp";
        }
        if (at(bytes, 0, "GIF8")) {
            return "image/gif";
        }
        throw new IllegalArgumentException("The bytes are no PNG, JPEG, WebP or GIF file");
    }

    private static boolean at(byte[] bytes, int place, String signature) {
        if (bytes.length < place + signature.length()) {
            return false;
        }
        for (int i = 0; i < signature.length(); i++) {
            if ((bytes[place + i] & 0xff) != signature.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChatImage image && Arrays.equals(image.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Type and size. */
    @Override
    public String toString() {
        return mediaType + ", " + bytes.length + " bytes";
    }
}
