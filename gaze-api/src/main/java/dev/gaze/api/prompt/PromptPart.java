package dev.gaze.api.prompt;

import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.asset.FieldAddress;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Some words of a prompt, and who gave them.
 *
 * @param target the text they stand in
 * @param text the words, as tags joined with {@code ", "}; not blank
 * @param block the block they stand in, or the stage that added them ({@code extras}, {@code plus},
 *     {@code background}, {@code base}, {@code template})
 * @param asset the asset they come from; null when they come from the request, the template or GAZE itself
 * @param field the field they come from; null when they come from no field
 * @param template the template they were expanded from, as it was written; null when they were no template
 */
public record PromptPart(
        Target target,
        String text,
        String block,
        @Nullable AssetKey asset,
        @Nullable FieldAddress field,
        @Nullable String template) {

    /** The text that words stand in. */
    public enum Target {
        /** The words about the whole picture, before base and template texts. */
        MAIN,
        /** What is put around the main words for the positive encoder, in front of them. */
        POSITIVE_BEFORE,
        /** What is put around the main words for the positive encoder, behind them. */
        POSITIVE_AFTER,
        /** The words of the face detailer. */
        FACE,
        /** The words of the hand detailer. */
        HAND,
        /** The words of the negative encoder. */
        NEGATIVE,
        /**
         * No text: a LoRA that stood among the words as {@code <lora:name:strength>}. It was taken out of them, because
         * ComfyUI would read it as words, and joins the LoRA chain.
         */
        LORA
    }

    /** Checks that nothing is missing. */
    public PromptPart {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(block, "block");
        if (Objects.requireNonNull(text, "text").isBlank()) {
            throw new IllegalArgumentException("A part of a prompt has words; block '" + block + "' gave none");
        }
    }

    /**
     * Words that were no template.
     *
     * @param target the text they stand in
     * @param text the words
     * @param block the block they stand in, or the stage that added them
     * @param asset the asset they come from; null for none
     * @param field the field they come from; null for none
     */
    public PromptPart(
            Target target, String text, String block, @Nullable AssetKey asset, @Nullable FieldAddress field) {
        this(target, text, block, asset, field, null);
    }

    /** {@code main     identity    character/mira_vale identity::hair         long hair, red hair}, then the template in brackets. */
    @Override
    public String toString() {
        String origin = asset == null ? "-" : asset + (field == null ? "" : " " + field);
        String shown = switch (target) {
            case POSITIVE_BEFORE, POSITIVE_AFTER -> "positive";
            default -> target.name().toLowerCase(Locale.ROOT);
        };
        return "%-8s %-11s %-42s %s".formatted(shown, block, origin, text).stripTrailing()
                + (template == null ? "" : "  [" + template + "]");
    }
}
