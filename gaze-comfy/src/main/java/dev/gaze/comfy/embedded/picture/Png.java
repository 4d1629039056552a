package dev.gaze.comfy.embedded.picture;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonValue;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes PNG files the way ComfyUI does: eight bits a channel, one text chunk per entry in front of the pixels. Written
 * by hand because ImageIO takes milliseconds for a tiny image and makes text chunks a tree of DOM nodes.
 */
public final class Png {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private static final int PIECE = 64 * 1024;

    private Png() {}

    /**
     * Encodes one image.
     *
     * @param image with alpha when it has an alpha channel
     * @param texts chunk contents by keyword, ASCII
     */
    public static byte[] encode(BufferedImage image, Map<String, String> texts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        out.writeBytes(SIGNATURE);
        boolean alpha = image.getColorModel().hasAlpha();
        ByteBuffer header = ByteBuffer.allocate(13);
        header.putInt(image.getWidth()).putInt(image.getHeight()).put((byte) 8).put((byte) (alpha ? 6 : 2));
        chunk(out, "IHDR", header.array(), header.capacity());
        texts.forEach((keyword, text) -> {
            byte[] data = (keyword + '\0' + text).getBytes(StandardCharsets.ISO_8859_1);
            chunk(out, "tEXt", data, data.length);
        });
        pixels(out, image, alpha);
        chunk(out, "IEND", new byte[0], 0);
        return out.toByteArray();
    }

    /** JSON as ComfyUI puts it into a text chunk: everything beyond ASCII escaped. */
    public static String text(JsonValue value) {
        String json = new String(Json.compact(value), StandardCharsets.UTF_8);
        if (json.chars().allMatch(c -> c < 0x7f)) {
            return json;
        }
        StringBuilder ascii = new StringBuilder(json.length() + 64);
        json.chars().forEach(c -> {
            if (c < 0x7f) {
                ascii.append((char) c);
            } else {
                ascii.append("\\u%04x".formatted(c));
            }
        });
        return ascii.toString();
    }

    /** The text chunks of a PNG; empty for anything else. */
    public static Map<String, String> texts(byte[] png) {
        Map<String, String> texts = new LinkedHashMap<>();
        ByteBuffer in = ByteBuffer.wrap(png);
        if (png.length < SIGNATURE.length || !ByteBuffer.wrap(png, 0, 8).equals(ByteBuffer.wrap(SIGNATURE))) {
            return texts;
        }
        in.position(8);
        while (in.remaining() >= 12) {
            int length = in.getInt();
            String type = new String(png, in.position(), 4, StandardCharsets.ISO_8859_1);
            int start = in.position() + 4;
            if (length < 0 || length > in.remaining() - 8) {
                break;
            }
            String data = type.equals("tEXt") ? new String(png, start, length, StandardCharsets.ISO_8859_1) : "";
            int end = data.indexOf('\0');
            if (end > 0) {
                texts.put(data.substring(0, end), data.substring(end + 1));
            }
            in.position(start + length + 4);
        }
        return texts;
    }

    private static void pixels(ByteArrayOutputStream out, BufferedImage image, boolean alpha) {
        int width = image.getWidth();
        int height = image.getHeight();
        int lineBytes = 1 + width * (alpha ? 4 : 3);
        int linesAtOnce = Math.max(1, Math.min(height, PIECE / lineBytes));
        byte[] raw = new byte[lineBytes * linesAtOnce];
        byte[] packed = new byte[PIECE];
        int[] row = new int[width];
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            for (int top = 0; top < height; top += linesAtOnce) {
                int lines = Math.min(linesAtOnce, height - top);
                for (int line = 0; line < lines; line++) {
                    read(image, top + line, row);
                    write(row, raw, line * lineBytes + 1, alpha);
                }
                deflater.setInput(raw, 0, lines * lineBytes);
                drain(out, deflater, packed);
            }
            deflater.finish();
            drain(out, deflater, packed);
        } finally {
            deflater.end();
        }
    }

    /** Straight from the pixels where the image keeps them as ints; asking for colours costs ten times as much. */
    private static void read(BufferedImage image, int y, int[] row) {
        if (image.getType() == BufferedImage.TYPE_INT_RGB
                && image.getRaster().getParent() == null
                && image.getRaster().getDataBuffer() instanceof DataBufferInt pixels) {
            System.arraycopy(pixels.getData(), y * row.length, row, 0, row.length);
        } else {
            image.getRGB(0, y, row.length, 1, row, 0, row.length);
        }
    }

    private static void write(int[] row, byte[] raw, int start, boolean alpha) {
        int at = start;
        for (int argb : row) {
            raw[at++] = (byte) (argb >> 16);
            raw[at++] = (byte) (argb >> 8);
            raw[at++] = (byte) argb;
            if (alpha) {
                raw[at++] = (byte) (argb >> 24);
            }
        }
    }

    private static void drain(ByteArrayOutputStream out, Deflater deflater, byte[] packed) {
        for (int length = deflater.deflate(packed); length > 0; length = deflater.deflate(packed)) {
            chunk(out, "IDAT", packed, length);
        }
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data, int length) {
        byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data, 0, length);
        out.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
        out.writeBytes(name);
        out.write(data, 0, length);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
