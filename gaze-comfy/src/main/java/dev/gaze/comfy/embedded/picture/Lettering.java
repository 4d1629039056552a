package dev.gaze.comfy.embedded.picture;

import java.awt.AWTError;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;

/** Writes words where the machine has a font, and bars of the words' length where it has none. */
public enum Lettering {
    /** Words as text. */
    TEXT {
        @Override
        int word(Graphics2D graphics, String word, int x, int y, int size) {
            graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, size));
            graphics.drawString(word, x, y + size - size / 5);
            return graphics.getFontMetrics().stringWidth(word);
        }
    },
    /** Words as bars. */
    SHAPES {
        @Override
        int word(Graphics2D graphics, String word, int x, int y, int size) {
            int width = Math.max(size / 2, word.length() * size / 2);
            graphics.fillRoundRect(x, y + size / 4, width, size / 2, size / 3, size / 3);
            return width;
        }
    };

    /** Draws one word with its upper left corner at x, y; returns its width in pixels. */
    abstract int word(Graphics2D graphics, String word, int x, int y, int size);

    /** What this machine can do. Asking costs a few hundred milliseconds once where there are fonts. */
    public static Lettering ofThisMachine() {
        try {
            Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
            double width = font.getStringBounds("w", new FontRenderContext(null, true, true))
                    .getWidth();
            return width > 0 ? TEXT : SHAPES;
        } catch (RuntimeException | LinkageError | AWTError | InternalError noFont) {
            return SHAPES; // how the JDK says that there is no font differs from version to version
        }
    }
}
