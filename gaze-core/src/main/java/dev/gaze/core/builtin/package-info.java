/**
 * GAZE's own categories and LoRA slots: an ordinary plugin, written with public API only. No other code of the engine
 * names a category.
 */
@NullMarked
package dev.gaze.core.builtin;

import org.jspecify.annotations.NullMarked;
