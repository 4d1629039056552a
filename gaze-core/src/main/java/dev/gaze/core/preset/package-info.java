/**
 * The presets of a library: what ships, what plugins bring, what the user's files say, put together.
 * {@link dev.gaze.core.preset.LibraryPresets} is the door. Files are read whenever somebody asks and parsed only when they
 * changed, so there is nothing to reload.
 */
@NullMarked
package dev.gaze.core.preset;

import org.jspecify.annotations.NullMarked;
