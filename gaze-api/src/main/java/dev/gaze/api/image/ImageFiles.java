package dev.gaze.api.image;

import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.asset.Page;
import org.jspecify.annotations.Nullable;

/** The images of a library, as they lie in its uploads folder (G111). Safe for use by several threads. */
public interface ImageFiles {

    /**
     * Images, the newest first.
     *
     * @param filedUnder only those of one asset; null for all
     * @param offset how many to pass over, from 0
     * @param limit how many at most, 1 or more
     * @return the page
     */
    Page<Image> list(@Nullable AssetKey filedUnder, int offset, int limit);

    /**
     * Gets one image.
     *
     * @param id its path below the uploads folder
     * @return the image
     * @throws dev.gaze.api.problem.GazeException {@code NOT_FOUND} when there is none, a folder included;
     *     {@code REFUSED} when the path leads out of the uploads folder, through links too (I14)
     */
    Image get(ImageId id);
}
