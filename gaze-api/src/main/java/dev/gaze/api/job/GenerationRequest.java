package dev.gaze.api.job;

import dev.gaze.api.plan.LoraPolicy;
import dev.gaze.api.plan.Missing;
import dev.gaze.api.plan.Seed;
import dev.gaze.api.plan.Size;
import dev.gaze.api.prompt.Match;
import dev.gaze.api.prompt.Selection;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to have made. Immutable: every call returns a changed copy.
 *
 * <pre>{@code
 * GenerationRequest.mix().character("mira_vale").with("outfit", "raincoat").size(832, 1216).seed(42)
 * }</pre>
 *
 * @param selection what is to be seen
 * @param settings how it is to be made
 */
public record GenerationRequest(Selection selection, Settings settings) {

    /**
     * How it is to be made. What is null is decided by the checkpoint, then by the library, then by the template.
     *
     * @param template the name of the workflow template
     * @param size in pixels; null for the template's
     * @param seed for all samplers; null draws one for each
     * @param steps sampler steps, 1 … 150; null for the checkpoint's
     * @param cfg guidance, 0 … 30; null for the checkpoint's
     * @param sampler ComfyUI's name; null for the checkpoint's
     * @param scheduler ComfyUI's name; null for the checkpoint's
     * @param loras how the chosen LoRAs become a chain
     * @param missing what to do when a server lacks a model file
     * @param cover what happens to the cover
     */
    public record Settings(
            String template,
            @Nullable Size size,
            @Nullable Seed seed,
            @Nullable Integer steps,
            @Nullable Double cfg,
            @Nullable String sampler,
            @Nullable String scheduler,
            LoraPolicy loras,
            Missing missing,
            CoverAction cover) {
        /** Nothing asked for in particular. */
        public static final Settings DEFAULT = new Settings(
                "default", null, null, null, null, null, null, LoraPolicy.SLOTS, Missing.REFUSE, CoverAction.REPLACE);

        /** Checks that nothing is missing. */
        public Settings {
            Objects.requireNonNull(template, "template");
            Objects.requireNonNull(loras, "loras");
            Objects.requireNonNull(missing, "missing");
            Objects.requireNonNull(cover, "cover");
            if (steps != null && (steps < 1 || steps > 150)) {
                throw new IllegalArgumentException("Steps must be between 1 and 150, got " + steps);
            }
            if (cfg != null && !(cfg >= 0 && cfg <= 30)) {
                throw new IllegalArgumentException("Cfg must be between 0 and 30, got " + cfg);
            }
        }
    }

    /** Checks that nothing is missing. */
    public GenerationRequest {
        Objects.requireNonNull(selection, "selection");
        Objects.requireNonNull(settings, "settings");
    }

    /**
     * A free mix of assets (G102), filed under its character.
     *
     * @return a request for nothing yet
     */
    public static GenerationRequest mix() {
        return new GenerationRequest(Selection.NOTHING, Settings.DEFAULT);
    }

    /**
     * A picture made for one asset, filed under it, with the habits of its category (G38, G41).
     *
     * @param category the name of its category
     * @param slug its slug
     * @return the request
     */
    public static GenerationRequest of(String category, String slug) {
        return new GenerationRequest(Selection.of(category, slug), Settings.DEFAULT);
    }

    /**
     * With a character.
     *
     * @param slug its slug, or {@code __random__}
     * @return a changed copy
     */
    public GenerationRequest character(String slug) {
        return with("character", slug);
    }

    /**
     * With one more asset.
     *
     * @param category the name of its category
     * @param slug its slug
     * @return a changed copy
     */
    public GenerationRequest with(String category, String slug) {
        return selecting(selection -> selection.with(category, slug));
    }

    /**
     * With another checkpoint than the library's default.
     *
     * @param slug the slug of the checkpoint
     * @return a changed copy
     */
    public GenerationRequest checkpoint(String slug) {
        return with("checkpoint", slug);
    }

    /**
     * With these fields only.
     *
     * @param addresses {@code section::key}
     * @return a changed copy
     */
    public GenerationRequest only(String... addresses) {
        return selecting(selection -> selection.only(addresses));
    }

    /**
     * Wearing another outfit of the character's own wardrobe.
     *
     * @param outfit its name
     * @return a changed copy
     */
    public GenerationRequest wearing(String outfit) {
        return selecting(selection -> selection.wearing(outfit));
    }

    /**
     * With words added to the prompt.
     *
     * @param words tags, separated by commas
     * @return a changed copy
     */
    public GenerationRequest plus(String words) {
        return selecting(selection -> selection.plus(words));
    }

    /**
     * With words added to the negative.
     *
     * @param words tags, separated by commas
     * @return a changed copy
     */
    public GenerationRequest negative(String words) {
        return selecting(selection -> selection.negative(words));
    }

    /**
     * With another comparison of tags for cross-dedup.
     *
     * @param match when tags cancel
     * @return a changed copy
     */
    public GenerationRequest match(Match match) {
        return selecting(selection -> selection.match(match));
    }

    /**
     * With a changed selection.
     *
     * @param change gets the selection so far
     * @return a changed copy
     */
    public GenerationRequest selecting(UnaryOperator<Selection> change) {
        return new GenerationRequest(change.apply(selection), settings);
    }

    /**
     * From another workflow template.
     *
     * @param name the name of the template
     * @return a changed copy
     */
    public GenerationRequest template(String name) {
        Settings s = settings;
        return with(new Settings(
                name, s.size, s.seed, s.steps, s.cfg, s.sampler, s.scheduler, s.loras, s.missing, s.cover));
    }

    /**
     * In this size.
     *
     * @param width in pixels, 64 … 2048, a multiple of 8
     * @param height in pixels, 64 … 2048, a multiple of 8
     * @return a changed copy
     */
    public GenerationRequest size(int width, int height) {
        Settings s = settings;
        return with(new Settings(
                s.template,
                new Size(width, height),
                s.seed,
                s.steps,
                s.cfg,
                s.sampler,
                s.scheduler,
                s.loras,
                s.missing,
                s.cover));
    }

    /**
     * With this seed for all samplers, which repeats a picture.
     *
     * @param seed read as unsigned; 0 is a seed like any other
     * @return a changed copy
     */
    public GenerationRequest seed(long seed) {
        return seed(new Seed(seed));
    }

    /**
     * With this seed for all samplers, which repeats a picture.
     *
     * @param seed the seed; null draws one for each sampler
     * @return a changed copy
     */
    public GenerationRequest seed(@Nullable Seed seed) {
        Settings s = settings;
        return with(new Settings(
                s.template, s.size, seed, s.steps, s.cfg, s.sampler, s.scheduler, s.loras, s.missing, s.cover));
    }

    /**
     * With this many sampler steps.
     *
     * @param steps 1 … 150
     * @return a changed copy
     */
    public GenerationRequest steps(int steps) {
        Settings s = settings;
        return with(new Settings(
                s.template, s.size, s.seed, steps, s.cfg, s.sampler, s.scheduler, s.loras, s.missing, s.cover));
    }

    /**
     * With this guidance.
     *
     * @param cfg 0 … 30
     * @return a changed copy
     */
    public GenerationRequest cfg(double cfg) {
        Settings s = settings;
        return with(new Settings(
                s.template, s.size, s.seed, s.steps, cfg, s.sampler, s.scheduler, s.loras, s.missing, s.cover));
    }

    /**
     * With this sampler and scheduler.
     *
     * @param sampler ComfyUI's name, such as {@code euler_ancestral}
     * @param scheduler ComfyUI's name, such as {@code normal}
     * @return a changed copy
     */
    public GenerationRequest sampler(String sampler, String scheduler) {
        Settings s = settings;
        return with(new Settings(
                s.template, s.size, s.seed, s.steps, s.cfg, sampler, scheduler, s.loras, s.missing, s.cover));
    }

    /**
     * With another way to chain LoRAs.
     *
     * @param policy how
     * @return a changed copy
     */
    public GenerationRequest loras(LoraPolicy policy) {
        Settings s = settings;
        return with(new Settings(
                s.template, s.size, s.seed, s.steps, s.cfg, s.sampler, s.scheduler, policy, s.missing, s.cover));
    }

    /**
     * With another answer to missing model files.
     *
     * @param missing what to do
     * @return a changed copy
     */
    public GenerationRequest missing(Missing missing) {
        Settings s = settings;
        return with(new Settings(
                s.template, s.size, s.seed, s.steps, s.cfg, s.sampler, s.scheduler, s.loras, missing, s.cover));
    }

    /**
     * Without touching the cover.
     *
     * @return a changed copy
     */
    public GenerationRequest preview() {
        return cover(CoverAction.PREVIEW);
    }

    /**
     * With another treatment of the cover.
     *
     * @param cover what happens to it
     * @return a changed copy
     */
    public GenerationRequest cover(CoverAction cover) {
        Settings s = settings;
        return with(new Settings(
                s.template, s.size, s.seed, s.steps, s.cfg, s.sampler, s.scheduler, s.loras, s.missing, cover));
    }

    private GenerationRequest with(Settings settings) {
        return new GenerationRequest(selection, settings);
    }
}
