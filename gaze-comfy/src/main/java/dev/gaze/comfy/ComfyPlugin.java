package dev.gaze.comfy;

import dev.gaze.api.plugin.Extension;
import dev.gaze.api.plugin.GazePlugin;
import dev.gaze.comfy.backend.ComfyBackend;
import dev.gaze.comfy.backend.EmbeddedBackend;
import dev.gaze.comfy.workflow.ComfyWirer;
import java.util.List;

/** Brings ComfyUI: its servers, the sketch server, and the knowledge of its graphs. */
public final class ComfyPlugin implements GazePlugin {

    /** Made by ServiceLoader. */
    public ComfyPlugin() {}

    @Override
    public String id() {
        return "gaze.comfy";
    }

    @Override
    public List<Extension> extensions() {
        return List.of(new ComfyBackend(), new EmbeddedBackend(), new ComfyWirer());
    }
}
