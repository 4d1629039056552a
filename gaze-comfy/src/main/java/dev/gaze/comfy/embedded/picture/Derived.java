package dev.gaze.comfy.embedded.picture;

import java.awt.image.BufferedImage;
import java.util.function.UnaryOperator;

/**
 * A picture made from another one.
 *
 * @param base what it is made from
 * @param width pixels across
 * @param height pixels down
 * @param count how many
 * @param change makes the new image; must not change the one it is given
 */
public record Derived(Picture base, int width, int height, int count, UnaryOperator<BufferedImage> change)
        implements Picture {
    /** The same size, changed. */
    public static Picture of(Picture base, UnaryOperator<BufferedImage> change) {
        return new Derived(base, base.width(), base.height(), base.count(), change);
    }

    @Override
    public BufferedImage draw(int index) {
        return change.apply(base.draw(index));
    }
}
