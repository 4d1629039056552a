package dev.gaze.core.preset;

import dev.gaze.api.preset.PresetMode;

/**
 * What {@code gaze.json} says about presets.
 *
 * @param mode which kind is offered
 * @param shipped whether those of GAZE are among them
 */
public record PresetSettings(PresetMode mode, boolean shipped) {
    /** What holds where it says nothing. */
    public static final PresetSettings DEFAULT = new PresetSettings(PresetMode.HIERARCHICAL, true);
}
