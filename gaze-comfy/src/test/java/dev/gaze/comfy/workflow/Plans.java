package dev.gaze.comfy.workflow;

import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.plan.CheckpointSettings;
import dev.gaze.api.plan.LoraRef;
import dev.gaze.api.plan.Missing;
import dev.gaze.api.plan.PlannedLora;
import dev.gaze.api.plan.RenderPlan;
import dev.gaze.api.plan.SamplerSettings;
import dev.gaze.api.plan.Seed;
import dev.gaze.api.plan.Size;
import dev.gaze.api.prompt.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plans made by hand, as planning would make them. Immutable: every call gives a changed copy. */
record Plans(
        Prompt prompt,
        List<PlannedLora> loras,
        @Nullable CheckpointSettings checkpoint,
        @Nullable SamplerSettings sampler,
        @Nullable Size size,
        Map<String, Seed> seeds,
        Missing missing,
        @Nullable String prefix) {
    static final String CHECKPOINT = "Illustrious/model.safetensors";

    /** Words and nothing else. */
    static Plans words() {
        return new Plans(
                new Prompt(
                        "1girl, red hair",
                        "red hair, green eyes",
                        "slender fingers",
                        "masterpiece, 1girl, red hair",
                        "blurry, extra digits",
                        List.of(),
                        List.of()),
                List.of(),
                null,
                null,
                null,
                Map.of(),
                Missing.REFUSE,
                null);
    }

    /** Everything a request usually settles, without LoRAs. */
    static Plans full() {
        return words().checkpoint(CheckpointSettings.of(CHECKPOINT))
                .sampler(new SamplerSettings(30, 6.5, "dpmpp_2m", "karras"))
                .size(new Size(768, 1024))
                .seeds(1, 2, 3)
                .prefix("gaze/2026-11-20/job/gen");
    }

    Plans prompt(Prompt prompt) {
        return new Plans(prompt, loras, checkpoint, sampler, size, seeds, missing, prefix);
    }

    Plans checkpoint(CheckpointSettings checkpoint) {
        return new Plans(prompt, loras, checkpoint, sampler, size, seeds, missing, prefix);
    }

    Plans vae(String vae) {
        return checkpoint(new CheckpointSettings(CHECKPOINT, "", "", false, SamplerSettings.DEFAULT, vae));
    }

    Plans sampler(SamplerSettings sampler) {
        return new Plans(prompt, loras, checkpoint, sampler, size, seeds, missing, prefix);
    }

    Plans size(Size size) {
        return new Plans(prompt, loras, checkpoint, sampler, size, seeds, missing, prefix);
    }

    Plans seeds(long main, long face, long hand) {
        return new Plans(
                prompt,
                loras,
                checkpoint,
                sampler,
                size,
                Map.of(
                        RenderPlan.SAMPLER, new Seed(main),
                        RenderPlan.FACE_DETAILER, new Seed(face),
                        RenderPlan.HAND_DETAILER, new Seed(hand)),
                missing,
                prefix);
    }

    Plans prefix(String prefix) {
        return new Plans(prompt, loras, checkpoint, sampler, size, seeds, missing, prefix);
    }

    Plans leaveOut() {
        return new Plans(prompt, loras, checkpoint, sampler, size, seeds, Missing.LEAVE_OUT, prefix);
    }

    /** One more LoRA, brought by the asset {@code <slot>/<slot>_a}. */
    Plans lora(String slot, String file) {
        return lora(slot, LoraRef.of(file, 0.8));
    }

    Plans lora(String slot, LoraRef lora) {
        List<PlannedLora> more = new ArrayList<>(loras);
        more.add(new PlannedLora(slot, lora, new AssetKey(slot, slot + "_a")));
        return new Plans(prompt, more, checkpoint, sampler, size, seeds, missing, prefix);
    }

    RenderPlan plan() {
        return new RenderPlan(prompt, loras, checkpoint, sampler, size, seeds, missing, prefix, List.of());
    }
}
