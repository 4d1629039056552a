package dev.gaze.comfy.embedded.run;

import dev.gaze.api.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Who hears frames. Calls return at once. */
public interface Audience {
    /**
     * Sends a text frame.
     *
     * @param client whose socket; null for every socket
     * @param frame JSON
     */
    void tell(@Nullable String client, String frame);

    /** Whether that client said that it understands previews with metadata. */
    boolean wantsMetadata(@Nullable String client);

    /**
     * Sends an image.
     *
     * @param client whose socket; null for every socket
     * @param metadata what it belongs to, for clients that want it; null for the old form
     * @param imageType 1 JPEG, 2 PNG
     * @param image its bytes
     */
    void show(@Nullable String client, @Nullable JsonObject metadata, int imageType, byte[] image);
}
