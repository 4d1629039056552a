package dev.gaze.core.small;

import dev.gaze.api.job.JobId;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Images as a server makes them. */
public final class Images {
    private Images() {}

    /** An image that ImageIO wrote. */
    public static byte[] of(String format, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < width; x++) {
            image.setRGB(x, x % height, 0x4488CC + x);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** A PNG. */
    public static byte[] png(int width, int height) {
        return of("png", width, height);
    }

    /** A PNG with a chunk behind its header. */
    public static byte[] withChunk(byte[] png, String type, byte[] content) {
        int behindHeader = 8 + 25;
        byte[] chunk = chunk(type, content);
        return ByteBuffer.allocate(png.length + chunk.length)
                .put(png, 0, behindHeader)
                .put(chunk)
                .put(png, behindHeader, png.length - behindHeader)
                .array();
    }

    /** A PNG with a text chunk, as ComfyUI writes its own. */
    public static byte[] withText(byte[] png, String keyword, String text) {
        return withChunk(png, "tEXt", (keyword + '\0' + text).getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A PNG as it is filed for a job. */
    public static byte[] of(JobId job) {
        return withText(png(64, 64), "gaze", "{\"job\": \"%s\"}".formatted(job));
    }

    /** A PNG whose header claims another size; its checksum is right. */
    public static byte[] claiming(byte[] png, int width, int height) {
        byte[] changed = png.clone();
        ByteBuffer buffer = ByteBuffer.wrap(changed).putInt(16, width).putInt(20, height);
        buffer.putInt(29, crc(changed, 12, 17));
        return changed;
    }

    private static byte[] chunk(String type, byte[] content) {
        ByteBuffer chunk = ByteBuffer.allocate(12 + content.length)
                .putInt(content.length)
                .put(type.getBytes(StandardCharsets.ISO_8859_1))
                .put(content);
        return chunk.putInt(crc(chunk.array(), 4, 4 + content.length)).array();
    }

    private static int crc(byte[] bytes, int at, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, at, length);
        return (int) crc.getValue();
    }
}
