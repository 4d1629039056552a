package dev.gaze.api.plan;

import dev.gaze.api.asset.AssetData;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import java.util.Objects;
import java.util.Optional;

/**
 * A checkpoint and what it works best with (G77, G79). A category that can be read as this names checkpoints.
 *
 * @param path name below ComfyUI's {@code checkpoints} folder, with forward slashes
 * @param basePositive words put around every positive text; may be blank
 * @param baseNegative words put in front of every negative text; may be blank
 * @param baseBehind whether {@code basePositive} goes behind the text instead of in front of it
 * @param sampler how to sample with it
 * @param vae {@link #INTEGRATED}, or the name of a file below ComfyUI's {@code vae} folder
 */
public record CheckpointSettings(
        String path,
        String basePositive,
        String baseNegative,
        boolean baseBehind,
        SamplerSettings sampler,
        String vae) {
    /** The VAE inside the checkpoint file. */
    public static final String INTEGRATED = "integrated";

    /** Checks that a checkpoint is named; a blank VAE is the integrated one. */
    public CheckpointSettings {
        path = path.strip().replace('\\', '/');
        if (path.isEmpty()) {
            throw new IllegalArgumentException(
                    "Checkpoint path is blank; expected e.g. 'Illustrious/model.safetensors'");
        }
        Objects.requireNonNull(basePositive, "basePositive");
        Objects.requireNonNull(baseNegative, "baseNegative");
        Objects.requireNonNull(sampler, "sampler");
        vae = vae.isBlank() ? INTEGRATED : vae.strip().replace('\\', '/');
    }

    /**
     * A checkpoint of which only the file is known (G78).
     *
     * @param path name below the {@code checkpoints} folder
     * @return the settings with the defaults of G79
     */
    public static CheckpointSettings of(String path) {
        return new CheckpointSettings(path, "", "", false, SamplerSettings.DEFAULT, INTEGRATED);
    }

    /**
     * Reads a checkpoint's asset file; what is missing gets the defaults of G79.
     *
     * @param data the content
     * @return the settings
     * @throws IllegalArgumentException when a value is out of its range
     */
    public static CheckpointSettings in(AssetData data) {
        JsonObject json = data.json();
        SamplerSettings known = SamplerSettings.DEFAULT;
        return new CheckpointSettings(
                json.text("checkpoint_path").orElse(""),
                String.join(", ", AssetData.texts(json.get("base_positive").orElse(null))),
                String.join(", ", AssetData.texts(json.get("base_negative").orElse(null))),
                json.text("base_position").filter("suffix"::equalsIgnoreCase).isPresent(),
                new SamplerSettings(
                        json.number("steps").map(CheckpointSettings::steps).orElse(known.steps()),
                        json.number("cfg").map(JsonNumber::asDouble).orElse(known.cfg()),
                        text(json, "sampler_name").orElse(known.sampler()),
                        text(json, "scheduler").orElse(known.scheduler())),
                text(json, "vae").orElse(INTEGRATED));
    }

    private static int steps(JsonNumber given) {
        try {
            return given.asInt();
        } catch (ArithmeticException huge) {
            throw new IllegalArgumentException("Steps must be between 1 and 150, got " + given, huge);
        }
    }

    private static Optional<String> text(JsonObject json, String key) {
        return json.text(key).filter(value -> !value.isBlank());
    }

    /**
     * Whether the VAE is the one inside the checkpoint file.
     *
     * @return false when a VAE file is named
     */
    public boolean hasIntegratedVae() {
        return vae.equalsIgnoreCase(INTEGRATED);
    }
}
