package dev.gaze.comfy.embedded.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Images read from bytes and written as JPEG. */
public final class Encoded {

    private Encoded() {}

    /** The image in these bytes; empty when they are none this JDK can read. */
    public static Optional<BufferedImage> read(byte[] bytes) {
        try {
            return Optional.ofNullable(ImageIO.read(new ByteArrayInputStream(bytes)));
        } catch (IOException | RuntimeException broken) {
            return Optional.empty();
        }
    }

    /**
     * Writes a JPEG.
     *
     * @param image any image; alpha is lost
     * @param quality 1 to 100
     */
    public static byte[] jpeg(BufferedImage image, int quality) {
        BufferedImage opaque = image.getType() == BufferedImage.TYPE_INT_RGB
                ? image
                : Drawing.scaledTo(image.getWidth(), image.getHeight()).apply(image);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(Math.max(1, Math.min(100, quality)) / 100f);
            writer.setOutput(out);
            writer.write(null, new IIOImage(opaque, null, null), how);
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
