package dev.gaze.core.image;

import dev.gaze.core.file.DurableFile;
import java.awt.AWTError;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import net.coobird.thumbnailator.Thumbnails;

/** Many images on one, each small and with its name below, row by row. */
public final class ContactSheet {
    private static final int CELL = 240;
    private static final int CAPTION = 28;
    private static final int GAP = 12;
    private static final int MOST_COLUMNS = 8;
    private static final Color PAPER = new Color(0x1e1f24);
    private static final Color INK = new Color(0xe6e6e6);
    private static final Color GONE = new Color(0x3a3c44);

    private ContactSheet() {}

    /**
     * An image on the sheet.
     *
     * @param file where it lies; an empty field is drawn when it is gone or is no image
     * @param name what stands below it
     */
    public record Entry(Path file, String name) {}

    /**
     * Draws the sheet.
     *
     * @param entries the images, at least one
     * @param target where to; whatever stood there is replaced
     * @return the file
     */
    public static Path draw(List<Entry> entries, Path target) {
        int columns = Math.min(MOST_COLUMNS, (int) Math.ceil(Math.sqrt(entries.size())));
        int rows = (entries.size() + columns - 1) / columns;
        BufferedImage sheet = new BufferedImage(
                GAP + columns * (CELL + GAP), GAP + rows * (CELL + CAPTION + GAP), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setColor(PAPER);
            graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
            for (int i = 0; i < entries.size(); i++) {
                int x = GAP + i % columns * (CELL + GAP);
                int y = GAP + i / columns * (CELL + CAPTION + GAP);
                picture(graphics, entries.get(i).file, x, y);
                caption(graphics, entries.get(i).name, x, y + CELL);
            }
        } finally {
            graphics.dispose();
        }
        DurableFile.write(target, png(sheet));
        return target;
    }

    private static void picture(Graphics2D graphics, Path file, int x, int y) {
        try {
            BufferedImage small = Thumbnails.of(file.toFile()).size(CELL, CELL).asBufferedImage();
            graphics.drawImage(small, x + (CELL - small.getWidth()) / 2, y + (CELL - small.getHeight()) / 2, null);
        } catch (IOException | RuntimeException unreadable) {
            graphics.setColor(GONE);
            graphics.fillRect(x, y, CELL, CELL);
        }
    }

    /** A bar as long as the name where the machine has no font. */
    private static void caption(Graphics2D graphics, String name, int x, int y) {
        graphics.setColor(INK);
        try {
            graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
            FontMetrics metrics = graphics.getFontMetrics();
            String fitting = name;
            while (metrics.stringWidth(fitting) > CELL && fitting.length() > 2) {
                fitting = fitting.substring(0, fitting.length() - 2) + "…";
            }
            graphics.drawString(fitting, x + (CELL - metrics.stringWidth(fitting)) / 2, y + CAPTION - 9);
        } catch (RuntimeException | LinkageError | AWTError | InternalError noFont) {
            int width = Math.min(CELL, Math.max(8, name.length() * 7));
            graphics.fillRoundRect(x + (CELL - width) / 2, y + 8, width, 10, 6, 6);
        }
    }

    private static byte[] png(BufferedImage sheet) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(sheet, "png", bytes);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible); // nothing but memory is written to
        }
        return bytes.toByteArray();
    }
}
