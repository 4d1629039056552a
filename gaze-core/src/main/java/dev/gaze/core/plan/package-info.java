/** From words and assets to a plan: which LoRAs in which order, what settings, which seeds. */
@NullMarked
package dev.gaze.core.plan;

import org.jspecify.annotations.NullMarked;
