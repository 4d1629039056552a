package dev.gaze.comfy.embedded.picture;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * A picture of a plan: the background comes from the seed, the words asked for stand in it, the LoRA chain is a stack of
 * bars whose length is the strength, and the size is the latent's.
 *
 * @param scene what to tell
 * @param width pixels across
 * @param height pixels down
 * @param count how many; each has its own shade
 * @param lettering how words are drawn
 */
public record Sketch(Scene scene, int width, int height, int count, Lettering lettering) implements Picture {

    @Override
    public BufferedImage draw(int index) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            background(graphics, index);
            int unit = Math.max(6, Math.min(width, height) / 28);
            words(graphics, unit);
            bars(graphics, unit);
        } finally {
            graphics.dispose();
        }
        return image;
    }

    @Override
    public Picture resized(int newWidth, int newHeight) {
        return new Sketch(scene, newWidth, newHeight, count, lettering);
    }

    private void background(Graphics2D graphics, int index) {
        int hash = 31 * (scene.seed() + '|' + scene.checkpoint()).hashCode() + index * 7919;
        float hue = Math.floorMod(hash, 360) / 360f;
        Color above = Color.getHSBColor(hue, 0.35f, 0.95f);
        Color below = Color.getHSBColor(hue + 0.12f, 0.55f, 0.55f);
        graphics.setPaint(new GradientPaint(0, 0, above, 0, height, below));
        graphics.fillRect(0, 0, width, height);
        graphics.setColor(Color.getHSBColor(hue + 0.5f, 0.4f, 0.9f));
        int sun = Math.min(width, height) / 4;
        int across = Math.floorMod(hash / 360, Math.max(1, width - sun));
        graphics.fillOval(across, height / 10, sun, sun);
    }

    private void words(Graphics2D graphics, int unit) {
        int y = line(graphics, scene.positive(), new Color(20, 20, 30), unit, height / 8, height / 2);
        line(graphics, scene.negative(), new Color(20, 20, 30, 110), unit, y + unit, height * 5 / 8);
    }

    /** Writes words into lines until {@code bottom}; returns where the next line would stand. */
    private int line(Graphics2D graphics, String text, Color colour, int unit, int top, int bottom) {
        graphics.setColor(colour);
        int x = unit;
        int y = top;
        for (String word : text.strip().split("\\s+")) {
            if (y + unit > bottom) {
                return y;
            }
            if (!word.isEmpty()) {
                x += lettering.word(graphics, word, x, y, unit) + unit / 2;
            }
            if (x > width * 4 / 5) {
                x = unit;
                y += unit * 3 / 2;
            }
        }
        return y + unit * 3 / 2;
    }

    private void bars(Graphics2D graphics, int unit) {
        List<Scene.Bar> loras = scene.loras();
        int y = height - unit * 2;
        for (int i = loras.size() - 1; i >= 0 && y > height / 2; i--) {
            Scene.Bar bar = loras.get(i);
            graphics.setColor(Color.getHSBColor(Math.floorMod(bar.name().hashCode(), 360) / 360f, 0.6f, 0.8f));
            int length = (int) Math.round(Math.min(1, Math.abs(bar.strength())) * (width - 2 * unit));
            graphics.fillRect(unit, y, Math.max(2, length), unit);
            graphics.setColor(Color.WHITE);
            String name = bar.name().substring(bar.name().replace('\\', '/').lastIndexOf('/') + 1);
            lettering.word(graphics, name, unit * 3 / 2, y, Math.max(6, unit * 4 / 5));
            y -= unit * 3 / 2;
        }
    }
}
