package dev.gaze.core.plugin;

import dev.gaze.api.plugin.Extension;
import dev.gaze.api.plugin.GazePlugin;
import java.util.List;

/** A plugin from a list. */
record Fixed(String id, List<Extension> extensions) implements GazePlugin {
    static Fixed of(String id, Extension... extensions) {
        return new Fixed(id, List.of(extensions));
    }
}
