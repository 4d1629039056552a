/**
 * The servers of a library, and which job goes to which. {@link dev.gaze.core.fleet.Fleet} knows who is there and who
 * waits; {@link dev.gaze.core.fleet.Placement} is the pure rule that brings the two together.
 */
@NullMarked
package dev.gaze.core.fleet;

import org.jspecify.annotations.NullMarked;
