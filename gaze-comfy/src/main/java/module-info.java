/** How ComfyUI makes what GAZE planned. */
module dev.gaze.comfy {
    requires dev.gaze.api;
    requires static org.jspecify;
    requires okhttp3;
    requires mockwebserver3;
}
