/**
 * Making images. A {@link GenerationRequest} says what is wanted, {@link Jobs} takes it, and a {@link Job} is followed to
 * its true end: done with its image on disk, failed with a reason, or cancelled.
 */
@NullMarked
package dev.gaze.api.job;

import org.jspecify.annotations.NullMarked;
