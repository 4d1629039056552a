package dev.gaze.api.plan;

import dev.gaze.api.asset.AssetKey;
import java.util.Objects;

/**
 * One link of the LoRA chain.
 *
 * @param slot the slot it fills
 * @param lora the file and its strengths
 * @param asset the asset that brings it
 */
public record PlannedLora(String slot, LoraRef lora, AssetKey asset) {

    /** Checks that nothing is missing. */
    public PlannedLora {
        Objects.requireNonNull(slot, "slot");
        Objects.requireNonNull(lora, "lora");
        Objects.requireNonNull(asset, "asset");
    }

    /** {@code outfit     Illustrious/Clothing/raincoat.safetensors  0.8  (outfit/raincoat)}. */
    @Override
    public String toString() {
        String strength = lora.modelStrength() == lora.clipStrength()
                ? String.valueOf(lora.modelStrength())
                : lora.modelStrength() + "/" + lora.clipStrength();
        return "%-10s %s  %s  (%s)".formatted(slot, lora.file(), strength, asset);
    }
}
