/**
 * Everything that decides how a picture looks, resolved: words, LoRAs, checkpoint, sampler settings, size, seeds. A
 * {@link RenderPlan} leaves nothing to draw and nothing to look up.
 */
@NullMarked
package dev.gaze.api.plan;

import org.jspecify.annotations.NullMarked;
