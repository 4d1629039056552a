package dev.gaze.comfy.embedded.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.function.UnaryOperator;

/** Changes to drawn images. Each returns a new image. */
public final class Drawing {

    private Drawing() {}

    /** Scales to exactly that size. */
    public static UnaryOperator<BufferedImage> scaledTo(int width, int height) {
        return image -> {
            BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = scaled.createGraphics();
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.drawImage(image, 0, 0, width, height, null);
            graphics.dispose();
            return scaled;
        };
    }

    /** Turns every colour into its opposite. */
    public static BufferedImage inverted(BufferedImage image) {
        BufferedImage inverted = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                inverted.setRGB(x, y, ~image.getRGB(x, y));
            }
        }
        return inverted;
    }

    /** Draws an oval where a detailer found something. */
    public static BufferedImage detailed(BufferedImage image) {
        BufferedImage copy = scaledTo(image.getWidth(), image.getHeight()).apply(image);
        Graphics2D graphics = copy.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        int size = Math.min(image.getWidth(), image.getHeight()) / 3;
        graphics.setStroke(new BasicStroke(Math.max(1f, size / 40f)));
        graphics.setColor(new Color(255, 255, 255, 200));
        graphics.drawOval((image.getWidth() - size) / 2, image.getHeight() / 6, size, size * 5 / 4);
        graphics.dispose();
        return copy;
    }

    /** One channel as grey: {@code alpha}, {@code red}, {@code green} or {@code blue}. */
    public static UnaryOperator<BufferedImage> channel(String name) {
        int shift = switch (name) {
            case "red" -> 16;
            case "green" -> 8;
            case "blue" -> 0;
            default -> 24;
        };
        return image -> {
            BufferedImage grey = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
            for (int y = 0; y < image.getHeight(); y++) {
                for (int x = 0; x < image.getWidth(); x++) {
                    int value = image.getRGB(x, y) >>> shift & 0xff;
                    grey.setRGB(x, y, value * 0x010101);
                }
            }
            return grey;
        };
    }
}
