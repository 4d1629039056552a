package dev.gaze.api.job;

import dev.gaze.api.plan.LoraPolicy;
import dev.gaze.api.plan.Missing;
import dev.gaze.api.plan.Seed;
import dev.gaze.api.plan.Size;
import dev.gaze.api.prompt.Match;
import dev.gaze.api.prompt.Selection;
import java.util.Objects;
import java.util.function.Consumer;
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
        return set(edit -> edit.template = name);
    }

    /**
     * In this size.
     *
     * @param width in pixels, 64 … 2048, a multiple of 8
     * @param height in pixels, 64 … 2048, a multiple of 8
     * @return a changed copy
     */
    public GenerationRequest size(int width, int height) {
        return set(edit -> edit.size = new Size(width, height));
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
        return set(edit -> edit.seed = seed);
    }

    /**
     * With this many sampler steps.
     *
     * @param steps 1 … 150
     * @return a changed copy
     */
    public GenerationRequest steps(int steps) {
        return set(edit -> edit.steps = steps);
    }

    /**
     * With this guidance.
     *
     * @param cfg 0 … 30
     * @return a changed copy
     */
    public GenerationRequest cfg(double cfg) {
        return set(edit -> edit.cfg = cfg);
    }

    /**
     * With this sampler and scheduler.
     *
     * @param sampler ComfyUI's name, such as {@code euler_ancestral}
     * @param scheduler ComfyUI's name, such as {@code normal}
     * @return a changed copy
     */
    public GenerationRequest sampler(String sampler, String scheduler) {
        return set(edit -> {
            edit.sampler = sampler;
            edit.scheduler = scheduler;
        });
    }

    /**
     * With another way to chain LoRAs.
     *
     * @param policy how
     * @return a changed copy
     */
    public GenerationRequest loras(LoraPolicy policy) {
        return set(edit -> edit.loras = policy);
    }

    /**
     * With another answer to missing model files.
     *
     * @param missing what to do
     * @return a changed copy
     */
    public GenerationRequest missing(Missing missing) {
        return set(edit -> edit.missing = missing);
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
        return set(edit -> edit.cover = cover);
    }

    private GenerationRequest set(Consumer<Edit> change) {
        Edit edit = new Edit(settings);
        change.accept(edit);
        return new GenerationRequest(selection, edit.settings());
    }

    /** Settings on their way to a changed copy. */
    private static final class Edit {
        private String template;
        private @Nullable Size size;
        private @Nullable Seed seed;
        private @Nullable Integer steps;
        private @Nullable Double cfg;
        private @Nullable String sampler;
        private @Nullable String scheduler;
        private LoraPolicy loras;
        private Missing missing;
        private CoverAction cover;

        Edit(Settings from) {
            template = from.template;
            size = from.size;
            seed = from.seed;
            steps = from.steps;
            cfg = from.cfg;
            sampler = from.sampler;
            scheduler = from.scheduler;
            loras = from.loras;
            missing = from.missing;
            cover = from.cover;
        }

        Settings settings() {
            return new Settings(template, size, seed, steps, cfg, sampler, scheduler, loras, missing, cover);
        }
    }
}
