package dev.gaze.api.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The model files on this machine, below the configured model roots. A server on another machine has files of its own;
 * ask its facts for those.
 */
public interface Models {

    /**
     * The LoRA files (I41). Only {@code .safetensors} files count (I40).
     *
     * @return names below the {@code loras} roots, with forward slashes, sorted
     */
    List<String> loras();

    /**
     * The checkpoint files (G142).
     *
     * @return names below the {@code checkpoints} roots, with forward slashes, sorted
     */
    List<String> checkpoints();

    /**
     * Looks into a LoRA file's header for the base model it was made for (I42). Never throws on a bad file.
     *
     * @param file name below the {@code loras} folder
     * @return what was found
     */
    LoraCheck check(String file);

    /**
     * What those who made a model wrote into the header of its file: titles, training tags, settings (G100). Never
     * throws on a bad file.
     *
     * @param folder ComfyUI's name of the model folder: {@code loras}, {@code checkpoints}
     * @param file name below it
     * @return the texts by their key, such as {@code modelspec.title} or {@code ss_tag_frequency}; empty when there are
     *     none, or the file cannot be read
     */
    Map<String, String> metadata(String folder, String file);

    /**
     * What a LoRA file's header tells.
     *
     * @param base the base model it was made for; empty when it cannot be told
     * @param unreadable why the file cannot be read; empty when it can
     * @param hint something worth knowing, such as an unusual size; empty for nothing
     */
    record LoraCheck(Optional<BaseModel> base, Optional<String> unreadable, Optional<String> hint) {

        /**
         * Whether the file can work with a base model.
         *
         * @param wanted the base model of the checkpoint
         * @return false only when the file is known to be made for another one
         */
        public boolean fits(BaseModel wanted) {
            return base.isEmpty() || base.get() == wanted;
        }
    }

    /** A family of models whose LoRAs fit one another. */
    enum BaseModel {
        /** Stable Diffusion 1.x. */
        SD15,
        /** Stable Diffusion 2.x. */
        SD2,
        /** Stable Diffusion XL, with Illustrious, NoobAI and Pony. */
        SDXL,
        /** Flux. */
        FLUX
    }
}
