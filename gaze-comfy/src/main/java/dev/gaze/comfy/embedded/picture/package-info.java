/**
 * The images the embedded server draws: pictures of a plan, not a pretence of a model. A picture is drawn when its bytes
 * are asked for, and written as a PNG with ComfyUI's text chunks.
 */
@NullMarked
package dev.gaze.comfy.embedded.picture;

import org.jspecify.annotations.NullMarked;
