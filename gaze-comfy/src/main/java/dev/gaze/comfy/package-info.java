/** ComfyUI for GAZE. {@link dev.gaze.comfy.ComfyPlugin} declares what this module brings. */
@NullMarked
package dev.gaze.comfy;

import org.jspecify.annotations.NullMarked;
