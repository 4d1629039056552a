/** Finished images and where they are filed. */
@NullMarked
package dev.gaze.api.image;

import org.jspecify.annotations.NullMarked;
