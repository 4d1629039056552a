/** How ComfyUI makes what GAZE planned. */
module dev.gaze.comfy {
    requires dev.gaze.api;
    requires static org.jspecify;
    requires okhttp3;
    requires mockwebserver3;

    exports dev.gaze.comfy.client;

    provides dev.gaze.api.plugin.GazePlugin with
            dev.gaze.comfy.ComfyPlugin;
}
