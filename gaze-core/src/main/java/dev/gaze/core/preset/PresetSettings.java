package dev.gaze.core.preset;

import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.preset.PresetMode;

/**
 * What {@code gaze.json} says about presets.
 *
 * @param mode which kind is offered
 * @param shipped whether those of GAZE are among them
 * @param maxBytes the largest file that is read, in bytes
 */
public record PresetSettings(PresetMode mode, boolean shipped, long maxBytes) {
    /** What holds where it says nothing. */
    public static final PresetSettings DEFAULT = new PresetSettings(PresetMode.HIERARCHICAL, true, 8_000_000);

    JsonLimits limits() {
        return new JsonLimits(maxBytes, JsonLimits.FILE.maxDepth());
    }
}
