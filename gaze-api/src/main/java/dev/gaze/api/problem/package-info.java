/**
 * What went wrong, where, and how to mend it. Start with {@link Problem}.
 *
 * <p>A problem is a value: it can be gathered, listed and compared. {@link GazeException} carries one or more of them,
 * so nobody mends ten files by starting GAZE ten times.
 */
@NullMarked
package dev.gaze.api.problem;

import org.jspecify.annotations.NullMarked;
