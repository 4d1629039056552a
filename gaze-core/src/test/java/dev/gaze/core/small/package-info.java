/** A small server type and graph knower for tests of the engine, as gaze-comfy cannot be used here. */
@NullMarked
package dev.gaze.core.small;

import org.jspecify.annotations.NullMarked;
