package dev.gaze.api.workflow;

import java.util.Locale;

/**
 * What a node is for, so that GAZE and its patches never speak of node numbers (G21). A graph need not have all of them.
 * LoRA loaders have slots instead (see {@link WorkflowTemplate#loraLoaders()}).
 */
public enum Role {
    /** Draws the picture: {@code KSampler} and its kin. */
    SAMPLER,
    /** Loads model, CLIP and VAE. */
    CHECKPOINT,
    /** Says the size: an empty latent. */
    LATENT,
    /** Encodes the positive text. */
    POSITIVE,
    /** Encodes the negative text. */
    NEGATIVE,
    /** Turns the latent into an image. */
    DECODE,
    /** Saves the image. */
    SAVE,
    /** Draws faces again. */
    FACE_DETAILER,
    /** Draws hands again. */
    HAND_DETAILER,
    /** Encodes the text of the face detailer. */
    FACE_PROMPT,
    /** Encodes the text of the hand detailer. */
    HAND_PROMPT,
    /** Loads a VAE file of its own. */
    VAE;

    /**
     * The role's name in files and messages.
     *
     * @return lower case, such as {@code face_detailer}
     */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
