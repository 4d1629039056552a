package dev.gaze.comfy.embedded.picture;

import java.awt.image.BufferedImage;

/**
 * An image read from a file.
 *
 * @param image its pixels; never changed
 */
public record Pixels(BufferedImage image) implements Picture {
    @Override
    public int width() {
        return image.getWidth();
    }

    @Override
    public int height() {
        return image.getHeight();
    }

    @Override
    public int count() {
        return 1;
    }

    @Override
    public BufferedImage draw(int index) {
        return image;
    }
}
