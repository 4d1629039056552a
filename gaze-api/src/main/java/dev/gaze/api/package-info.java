/** The front door: {@link dev.gaze.api.Gaze}. */
@NullMarked
package dev.gaze.api;

import org.jspecify.annotations.NullMarked;
