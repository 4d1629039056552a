package dev.gaze.api.plan;

import java.util.Objects;

/**
 * How the sampler works.
 *
 * @param steps 1 … 150
 * @param cfg classifier-free guidance, 0 … 30
 * @param sampler ComfyUI's name of the sampler, such as {@code euler_ancestral}
 * @param scheduler ComfyUI's name of the scheduler, such as {@code normal}
 */
public record SamplerSettings(int steps, double cfg, String sampler, String scheduler) {
    /** What a checkpoint that says nothing gets (G79). */
    public static final SamplerSettings DEFAULT = new SamplerSettings(25, 5, "euler_ancestral", "normal");

    /** Checks the ranges and names. */
    public SamplerSettings {
        if (steps < 1 || steps > 150) {
            throw new IllegalArgumentException("Steps must be between 1 and 150, got " + steps);
        }
        if (!(cfg >= 0 && cfg <= 30)) {
            throw new IllegalArgumentException("Cfg must be between 0 and 30, got " + cfg);
        }
        if (Objects.requireNonNull(sampler, "sampler").isBlank()
                || Objects.requireNonNull(scheduler, "scheduler").isBlank()) {
            throw new IllegalArgumentException(
                    "Sampler and scheduler need a name, such as 'euler_ancestral' and 'normal'");
        }
    }

    /**
     * With other steps.
     *
     * @param steps 1 … 150
     * @return a changed copy
     */
    public SamplerSettings withSteps(int steps) {
        return new SamplerSettings(steps, cfg, sampler, scheduler);
    }

    /**
     * With another guidance.
     *
     * @param cfg 0 … 30
     * @return a changed copy
     */
    public SamplerSettings withCfg(double cfg) {
        return new SamplerSettings(steps, cfg, sampler, scheduler);
    }

    /**
     * With another sampler.
     *
     * @param sampler ComfyUI's name
     * @return a changed copy
     */
    public SamplerSettings withSampler(String sampler) {
        return new SamplerSettings(steps, cfg, sampler, scheduler);
    }

    /**
     * With another scheduler.
     *
     * @param scheduler ComfyUI's name
     * @return a changed copy
     */
    public SamplerSettings withScheduler(String scheduler) {
        return new SamplerSettings(steps, cfg, sampler, scheduler);
    }
}
