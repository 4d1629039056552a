package dev.gaze.api.preset;

import dev.gaze.api.plugin.Extension;
import java.util.Map;

/**
 * A category of flat presets that a plugin brings (P70). Its {@link #id} names the category; where GAZE or another file has
 * that category too, the presets are put together, those of the user's own files winning.
 *
 * <p>Asked whenever presets are asked for, on the thread that asks and by several at once, so it should answer from
 * memory. What it throws, and a preset without a name or without words, is told as a problem; everything else goes on.
 */
public interface PresetProvider extends Extension {

    /**
     * The presets of this category.
     *
     * @return name → words, in the order in which they are shown
     */
    Map<String, String> presets();
}
