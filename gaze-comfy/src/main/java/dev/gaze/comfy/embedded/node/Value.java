package dev.gaze.comfy.embedded.node;

import dev.gaze.api.json.JsonValue;
import dev.gaze.comfy.embedded.picture.Picture;
import dev.gaze.comfy.embedded.picture.Scene;

/** What travels along a link. */
public sealed interface Value {

    /**
     * A number, text or boolean.
     *
     * @param json the value
     */
    record Plain(JsonValue json) implements Value {}

    /**
     * A model with its LoRA chain.
     *
     * @param scene what is known of the plan so far
     */
    record Model(Scene scene) implements Value {}

    /** A text encoder. */
    record Clip() implements Value {}

    /**
     * An encoded text.
     *
     * @param text its words
     */
    record Words(String text) implements Value {}

    /**
     * A latent.
     *
     * @param picture what it decodes to
     */
    record Latent(Picture picture) implements Value {}

    /**
     * Images.
     *
     * @param picture the images
     */
    record Images(Picture picture) implements Value {}

    /**
     * A mask.
     *
     * @param picture the mask in grey
     */
    record Mask(Picture picture) implements Value {}

    /**
     * The steps a scheduler planned.
     *
     * @param steps how many
     */
    record Sigmas(int steps) implements Value {}

    /**
     * Anything the sketch does not look into.
     *
     * @param type ComfyUI's name of the type
     */
    record Opaque(String type) implements Value {}
}
