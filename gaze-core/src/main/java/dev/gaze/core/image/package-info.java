/**
 * From the bytes a server made to an image on disk. Start with {@link dev.gaze.core.image.ImageFiler}.
 *
 * <p>Every file is checked before anything is written: a PNG chunk by chunk, the other formats by their frame. Pixels are
 * never touched; what is to be remembered is spliced in as a text chunk, or kept in a sidecar where the format has no
 * place for it. {@link dev.gaze.core.image.UploadedImages} is the way back: it lists what lies in the uploads folder.
 */
@NullMarked
package dev.gaze.core.image;

import org.jspecify.annotations.NullMarked;
