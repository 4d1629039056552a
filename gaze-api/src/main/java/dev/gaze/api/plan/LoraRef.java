package dev.gaze.api.plan;

import dev.gaze.api.asset.AssetData;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A LoRA file and how strongly to apply it. Strengths add up: two LoRAs of strength 1 both act fully. 0.3 … 1.0 is
 * usual; above 1.0 often spoils the picture (I43).
 *
 * @param file name below ComfyUI's {@code loras} folder, with extension and forward slashes
 * @param modelStrength 1 applies the file to the model as trained, 0 switches it off, below 0 pushes away from it
 * @param clipStrength the same for the text encoder
 * @param triggers words the file was trained with; may be blank
 */
public record LoraRef(String file, double modelStrength, double clipStrength, String triggers) {
    private static final String EXTENSION = ".safetensors";

    /** Checks the name and the strengths. */
    public LoraRef {
        file = file.strip().replace('\\', '/');
        Objects.requireNonNull(triggers, "triggers");
        if (file.isEmpty()) {
            throw new IllegalArgumentException("LoRA file is blank; expected e.g. 'poses/sitting.safetensors'");
        }
        if (!file.endsWith(EXTENSION)) {
            throw new IllegalArgumentException(
                    "LoRA file '%s' is not accepted; expected a name that ends with %s".formatted(file, EXTENSION));
        }
        if (file.startsWith("/")
                || file.indexOf('\0') >= 0
                || file.contains(":")
                || List.of(file.split("/")).contains("..")) {
            throw new IllegalArgumentException(
                    "LoRA file '%s' leaves the loras folder; expected a name below it".formatted(file));
        }
        requireStrength(file, "model", modelStrength);
        requireStrength(file, "clip", clipStrength);
    }

    /**
     * A LoRA of one strength for model and text encoder.
     *
     * @param file name below the {@code loras} folder
     * @param strength -100 … 100
     * @return the reference, without trigger words
     */
    public static LoraRef of(String file, double strength) {
        return new LoraRef(file, strength, strength, "");
    }

    /**
     * Reads the {@code lora} section of an asset in any of its spellings: {@code lora_name/lora_weight/lora_triggers},
     * {@code path/weight}, {@code name/weight}, {@code strength_model/strength_clip}. One strength counts for both.
     *
     * @param data the asset
     * @param weight the strength when the section gives none
     * @return the reference; empty when the section names no file
     * @throws IllegalArgumentException when the file name or a strength is not accepted
     */
    public static Optional<LoraRef> in(AssetData data, double weight) {
        JsonObject lora = data.json().object("lora");
        return first(lora, "lora_name", "path", "name").map(file -> {
            double one =
                    number(lora, "lora_weight").or(() -> number(lora, "weight")).orElse(weight);
            return new LoraRef(
                    file,
                    number(lora, "strength_model").orElse(one),
                    number(lora, "strength_clip").orElse(one),
                    lora.text("lora_triggers").orElse("").strip());
        });
    }

    private static Optional<String> first(JsonObject lora, String... keys) {
        for (String key : keys) {
            Optional<String> found = lora.text(key).filter(text -> !text.isBlank());
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<Double> number(JsonObject lora, String key) {
        return lora.number(key).map(JsonNumber::asDouble);
    }

    private static void requireStrength(String file, String of, double strength) {
        if (!(Math.abs(strength) <= 100)) { // written this way round so that NaN fails too
            throw new IllegalArgumentException(
                    "LoRA '%s' has %s strength %s; ComfyUI accepts -100 to 100".formatted(file, of, strength));
        }
    }
}
