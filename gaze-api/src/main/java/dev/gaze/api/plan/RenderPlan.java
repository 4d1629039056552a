package dev.gaze.api.plan;

import dev.gaze.api.problem.Problem;
import dev.gaze.api.prompt.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is to be made, with nothing left to draw or to look up. The same plan wired into the same template for the same
 * server gives the same workflow, byte for byte.
 *
 * @param prompt the finished words
 * @param loras the chain, in the order in which the LoRAs are applied
 * @param checkpoint the checkpoint with its settings; null leaves what the template says
 * @param sampler how to sample; null leaves what the template says
 * @param size in pixels; null leaves what the template says
 * @param seeds one for each sampling role: {@link #SAMPLER}, {@link #FACE_DETAILER}, {@link #HAND_DETAILER}
 * @param missing what to do when a server lacks a model file
 * @param filePrefix the {@code filename_prefix} of the saved images, with a folder of its own (a crowded folder slows
 *     ComfyUI down); null lets the server connection choose one when the job is sent
 * @param warnings what was passed over or replaced so far, the prompt's included
 */
public record RenderPlan(
        Prompt prompt,
        List<PlannedLora> loras,
        @Nullable CheckpointSettings checkpoint,
        @Nullable SamplerSettings sampler,
        @Nullable Size size,
        Map<String, Seed> seeds,
        Missing missing,
        @Nullable String filePrefix,
        List<Problem> warnings) {
    /** The role of the main sampler. */
    public static final String SAMPLER = "sampler";
    /** The role of the face detailer. */
    public static final String FACE_DETAILER = "face_detailer";
    /** The role of the hand detailer. */
    public static final String HAND_DETAILER = "hand_detailer";

    /** Copies the lists. */
    public RenderPlan {
        Objects.requireNonNull(prompt, "prompt");
        Objects.requireNonNull(missing, "missing");
        loras = List.copyOf(loras);
        seeds = Map.copyOf(seeds);
        warnings = List.copyOf(warnings);
    }

    /**
     * With another file prefix.
     *
     * @param filePrefix folders and the start of a name, with forward slashes
     * @return a changed copy
     */
    public RenderPlan withFilePrefix(@Nullable String filePrefix) {
        return new RenderPlan(prompt, loras, checkpoint, sampler, size, seeds, missing, filePrefix, warnings);
    }

    /**
     * With more warnings behind those it has.
     *
     * @param more what was noticed
     * @return a changed copy
     */
    public RenderPlan warn(List<Problem> more) {
        List<Problem> all = new ArrayList<>(warnings);
        all.addAll(more);
        return new RenderPlan(prompt, loras, checkpoint, sampler, size, seeds, missing, filePrefix, all);
    }

    /** The prompt, then LoRA chain, checkpoint, sampler, size, seeds and warnings, a line each. */
    @Override
    public String toString() {
        return prompt
                + (loras.isEmpty() ? "\nloras     none" : "")
                + loras.stream().map(lora -> "\nlora      " + lora).collect(Collectors.joining())
                + "\ncheckpoint " + (checkpoint == null ? "the template's" : checkpoint.path())
                + "\nsampler   " + (sampler == null ? "the template's" : sampler)
                + "\nsize      " + (size == null ? "the template's" : size)
                + "\nseeds     " + new TreeMap<>(seeds)
                + warnings.stream()
                        .filter(warning -> !prompt.warnings().contains(warning))
                        .map(warning -> "\nwarning: " + warning)
                        .collect(Collectors.joining());
    }
}
