package dev.gaze.core.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What the first bytes of an image file tell: its real format, whatever its name says, and its size. Nothing is decoded,
 * so a small file that claims a huge picture costs nothing.
 *
 * @param format the format its signature tells
 * @param width in pixels, 1 or more
 * @param height in pixels, 1 or more
 */
public record ImageHeader(Format format, int width, int height) {
    private static final long PNG_SIGNATURE = 0x89504e470d0a1a0aL;
    private static final int PNG_FIRST_CHUNK = 0x49484452; // IHDR
    private static final int JPEG_MARKER = 0xff;
    private static final int JPEG_START = 0xd8;

    /** The image formats GAZE files. */
    public enum Format {
        /** Portable Network Graphics. */
        PNG("png"),
        /** JPEG. */
        JPEG("jpg"),
        /** WebP, lossy or lossless. */
        WEBP("webp");

        private final String extension;

        Format(String extension) {
            this.extension = extension;
        }

        /**
         * How such files are named.
         *
         * @return without a dot
         */
        public String extension() {
            return extension;
        }
    }

    /**
     * Reads a header.
     *
     * @param image the file, or its beginning
     * @return the header; empty when this is no image of a known format, or is cut off within the header
     */
    public static Optional<ImageHeader> read(byte[] image) {
        ByteBuffer bytes = ByteBuffer.wrap(image);
        return png(bytes)
                .or(() -> jpeg(bytes))
                .or(() -> webp(bytes))
                .filter(header -> header.width > 0 && header.height > 0);
    }

    /**
     * How many pixels the picture has.
     *
     * @return width times height
     */
    public long pixels() {
        return (long) width * height;
    }

    private static Optional<ImageHeader> png(ByteBuffer bytes) {
        return bytes.limit() >= 24 && bytes.getLong(0) == PNG_SIGNATURE && bytes.getInt(12) == PNG_FIRST_CHUNK
                ? Optional.of(new ImageHeader(Format.PNG, bytes.getInt(16), bytes.getInt(20)))
                : Optional.empty();
    }

    /** The size stands in the start-of-frame segment, behind any number of others. */
    private static Optional<ImageHeader> jpeg(ByteBuffer bytes) {
        if (bytes.limit() < 4 || at(bytes, 0) != JPEG_MARKER || at(bytes, 1) != JPEG_START) {
            return Optional.empty();
        }
        int here = 2;
        while (here + 9 < bytes.limit() && at(bytes, here) == JPEG_MARKER) {
            int kind = at(bytes, here + 1);
            if (isStartOfFrame(kind)) {
                return Optional.of(new ImageHeader(
                        Format.JPEG, bytes.getShort(here + 7) & 0xffff, bytes.getShort(here + 5) & 0xffff));
            }
            here += kind == JPEG_MARKER ? 1 : 2 + (bytes.getShort(here + 2) & 0xffff);
        }
        return Optional.empty();
    }

    private static boolean isStartOfFrame(int kind) {
        return kind >= 0xc0 && kind <= 0xcf && kind != 0xc4 && kind != 0xc8 && kind != 0xcc;
    }

    private static Optional<ImageHeader> webp(ByteBuffer bytes) {
        if (bytes.limit() < 30
                || !text(bytes, 0).equals("RIFF")
                || !text(bytes, 8).equals("WEBP")) {
            return Optional.empty();
        }
        ByteBuffer little = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        return switch (text(bytes, 12)) {
            case "VP8 " ->
                Optional.of(new ImageHeader(Format.WEBP, little.getShort(26) & 0x3fff, little.getShort(28) & 0x3fff));
            case "VP8L" ->
                Optional.of(new ImageHeader(
                        Format.WEBP, (little.getInt(21) & 0x3fff) + 1, (little.getInt(21) >>> 14 & 0x3fff) + 1));
            case "VP8X" ->
                Optional.of(new ImageHeader(
                        Format.WEBP, (little.getInt(24) & 0xffffff) + 1, (little.getInt(26) >>> 8) + 1));
            default -> Optional.empty();
        };
    }

    private static String text(ByteBuffer bytes, int at) {
        return new String(bytes.array(), at, 4, StandardCharsets.ISO_8859_1);
    }

    private static int at(ByteBuffer bytes, int index) {
        return bytes.get(index) & 0xff;
    }
}
