/** How ComfyUI makes what GAZE planned. */
module dev.gaze.comfy {
    requires dev.gaze.api;
    requires static org.jspecify;
    requires okhttp3;
    requires mockwebserver3;
    requires okio;
    requires java.desktop;
    requires java.logging;

    exports dev.gaze.comfy.client;
    exports dev.gaze.comfy.embedded;

    provides dev.gaze.api.plugin.GazePlugin with
            dev.gaze.comfy.ComfyPlugin;
}
