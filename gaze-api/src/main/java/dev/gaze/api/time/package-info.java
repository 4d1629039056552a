/**
 * One seam for clock and timer. Everything in GAZE that waits, ages or stamps does so through {@link Time}, so a test
 * moves time by hand instead of sleeping.
 */
@NullMarked
package dev.gaze.api.time;

import org.jspecify.annotations.NullMarked;
