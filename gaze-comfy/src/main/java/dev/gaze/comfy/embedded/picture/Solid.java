package dev.gaze.comfy.embedded.picture;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.Arrays;

/**
 * Images of one colour.
 *
 * @param width pixels across
 * @param height pixels down
 * @param count how many
 * @param rgb the colour, 0xRRGGBB
 */
public record Solid(int width, int height, int count, int rgb) implements Picture {
    @Override
    public BufferedImage draw(int index) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Arrays.fill(((DataBufferInt) image.getRaster().getDataBuffer()).getData(), rgb);
        return image;
    }

    @Override
    public Picture resized(int newWidth, int newHeight) {
        return new Solid(newWidth, newHeight, count, rgb);
    }
}
