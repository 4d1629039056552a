package dev.gaze.core.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** The image formats GAZE recognises by their first bytes, whatever the file is called. */
public enum ImageFormat {
    /** Checked chunk by chunk; the one format with a place for what made the image. */
    PNG("png") {
        @Override
        boolean starts(Bytes bytes) {
            return bytes.is(0, Png.SIGNATURE);
        }

        @Override
        Optional<Picture> measure(Bytes bytes) {
            return bytes.has(24) && bytes.is(12, "IHDR") ? picture(bytes.big32(16), bytes.big32(20)) : Optional.empty();
        }

        @Override
        void requireWhole(byte[] bytes) {
            Png.read(bytes);
        }
    },
    /** Ends with the marker EOI. */
    JPEG("jpg") {
        @Override
        boolean starts(Bytes bytes) {
            return bytes.has(3) && bytes.big16(0) == 0xFFD8 && bytes.u8(2) == 0xFF;
        }

        @Override
        Optional<Picture> measure(Bytes bytes) {
            int at = 2;
            while (bytes.has(at + 9) && bytes.u8(at) == 0xFF) {
                int marker = bytes.u8(at + 1);
                if (marker == 0xFF) {
                    at++; // a fill byte
                } else if (isFrame(marker)) {
                    return picture(bytes.big16(at + 7), bytes.big16(at + 5));
                } else {
                    at += 2 + bytes.big16(at + 2);
                }
            }
            return Optional.empty();
        }

        /** SOF0 to SOF15, without the three other tables that lie between them. */
        private static boolean isFrame(int marker) {
            return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        }

        @Override
        void requireWhole(byte[] bytes) {
            int end = bytes.length;
            while (end > 2 && bytes[end - 1] == 0) {
                end--; // cameras pad with zeros
            }
            require(bytes[end - 2] == (byte) 0xFF && bytes[end - 1] == (byte) 0xD9);
        }
    },
    /** A RIFF file, which tells its own length. */
    WEBP("webp") {
        @Override
        boolean starts(Bytes bytes) {
            return bytes.has(16) && bytes.is(0, "RIFF") && bytes.is(8, "WEBP");
        }

        @Override
        Optional<Picture> measure(Bytes bytes) {
            if (!bytes.has(30)) {
                return Optional.empty();
            }
            if (bytes.is(12, "VP8X")) {
                return picture(1 + bytes.little24(24), 1 + bytes.little24(27));
            }
            if (bytes.is(12, "VP8L")) {
                long sizes = bytes.little32(21);
                return picture(1 + (int) (sizes & 0x3FFF), 1 + (int) (sizes >> 14 & 0x3FFF));
            }
            return bytes.is(12, "VP8 ")
                    ? picture(bytes.little16(26) & 0x3FFF, bytes.little16(28) & 0x3FFF)
                    : Optional.empty();
        }

        @Override
        void requireWhole(byte[] bytes) {
            require(new Bytes(bytes).little32(4) + 8 <= bytes.length);
        }
    },
    /** Ends with a trailer. */
    GIF("gif") {
        @Override
        boolean starts(Bytes bytes) {
            return bytes.is(0, "GIF87a") || bytes.is(0, "GIF89a");
        }

        @Override
        Optional<Picture> measure(Bytes bytes) {
            return bytes.has(10) ? picture(bytes.little16(6), bytes.little16(8)) : Optional.empty();
        }

        @Override
        void requireWhole(byte[] bytes) {
            require(bytes[bytes.length - 1] == 0x3B);
        }
    };

    private final String extension;

    ImageFormat(String extension) {
        this.extension = extension;
    }

    /**
     * The extension its files get.
     *
     * @return lower case, without a dot
     */
    public String extension() {
        return extension;
    }

    /** Recognises a file by its first bytes. */
    static Optional<ImageFormat> of(byte[] bytes) {
        Bytes start = new Bytes(bytes);
        return Arrays.stream(values()).filter(format -> format.starts(start)).findFirst();
    }

    /** The first bytes of a file, for messages. */
    static String start(byte[] bytes) {
        return bytes.length == 0
                ? "nothing: it is empty"
                : HexFormat.of().formatHex(bytes, 0, Math.min(8, bytes.length));
    }

    final Optional<Picture> measure(byte[] bytes) {
        return measure(new Bytes(bytes));
    }

    abstract boolean starts(Bytes bytes);

    abstract Optional<Picture> measure(Bytes bytes);

    /** Throws when the file has no end. */
    abstract void requireWhole(byte[] bytes);

    final Optional<Picture> picture(long width, long height) {
        return width > 0 && height > 0 && width <= Integer.MAX_VALUE && height <= Integer.MAX_VALUE
                ? Optional.of(new Picture(this, (int) width, (int) height))
                : Optional.empty();
    }

    final void require(boolean whole) {
        if (!whole) {
            throw Picture.refused("The %s image is cut short: its end is missing".formatted(this));
        }
    }

    /** Reads numbers of either byte order; nothing is ever read beyond the end when {@link #has} was asked. */
    record Bytes(byte[] array) {
        boolean has(int length) {
            return array.length >= length;
        }

        boolean is(int at, String text) {
            return is(at, text.getBytes(StandardCharsets.ISO_8859_1));
        }

        boolean is(int at, byte[] expected) {
            return has(at + expected.length)
                    && Arrays.equals(array, at, at + expected.length, expected, 0, expected.length);
        }

        int u8(int at) {
            return array[at] & 0xFF;
        }

        int big16(int at) {
            return u8(at) << 8 | u8(at + 1);
        }

        long big32(int at) {
            return (long) big16(at) << 16 | big16(at + 2);
        }

        int little16(int at) {
            return u8(at) | u8(at + 1) << 8;
        }

        int little24(int at) {
            return little16(at) | u8(at + 2) << 16;
        }

        long little32(int at) {
            return little16(at) | (long) little16(at + 2) << 16;
        }
    }
}
