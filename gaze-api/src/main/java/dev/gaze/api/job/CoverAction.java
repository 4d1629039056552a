package dev.gaze.api.job;

/** What happens to the cover of the asset a picture is filed under (G43, G162). */
public enum CoverAction {
    /** The new image becomes the cover. The default. */
    REPLACE,
    /** The cover stays; the image is remembered as the last preview. */
    PREVIEW
}
