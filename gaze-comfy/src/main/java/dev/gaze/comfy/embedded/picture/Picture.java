package dev.gaze.comfy.embedded.picture;

import java.awt.image.BufferedImage;

/** One or more images of one size, drawn when asked for. */
public interface Picture {
    /** Pixels across. */
    int width();

    /** Pixels down. */
    int height();

    /** How many images. */
    int count();

    /**
     * Draws one of them.
     *
     * @param index from 0
     */
    BufferedImage draw(int index);

    /** The same at another size. */
    default Picture resized(int width, int height) {
        return new Derived(this, width, height, count(), Drawing.scaledTo(width, height));
    }
}
