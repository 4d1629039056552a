package dev.gaze.comfy.embedded.picture;

import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Pictures behind one another, all at the size of the first.
 *
 * @param pictures one or more
 */
public record Stack(List<Picture> pictures) implements Picture {
    /** Copies the list and brings all to the size of the first. */
    public Stack {
        Picture first = pictures.get(0);
        pictures = pictures.stream()
                .map(picture -> picture.width() == first.width() && picture.height() == first.height()
                        ? picture
                        : picture.resized(first.width(), first.height()))
                .toList();
    }

    @Override
    public int width() {
        return pictures.get(0).width();
    }

    @Override
    public int height() {
        return pictures.get(0).height();
    }

    @Override
    public int count() {
        return pictures.stream().mapToInt(Picture::count).sum();
    }

    @Override
    public BufferedImage draw(int index) {
        int left = index;
        for (Picture picture : pictures) {
            if (left < picture.count()) {
                return picture.draw(left);
            }
            left -= picture.count();
        }
        throw new IndexOutOfBoundsException("Image " + index + " of " + count());
    }
}
