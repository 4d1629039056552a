package dev.gaze.core.prompt;

import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.asset.Block;
import dev.gaze.api.prompt.PromptPart;
import dev.gaze.api.prompt.PromptPart.Target;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Words somebody typed or a checkpoint brings: sent as they are written ({@code score_9} keeps its underscore), but for
 * unpaired parentheses, which are escaped, and blanks around commas.
 *
 * @param text the tags, joined with {@code ", "}; may be empty
 * @param loras LoRAs that stood among them
 * @param template what they were expanded from; null when they were no template
 */
record TypedText(String text, List<String> loras, @Nullable String template) {

    /** What somebody typed, as a template. */
    static TypedText of(String typed, Expansion expansion, Supplier<String> where) {
        String expanded = expansion.one(typed, where);
        TypedText text = of(expanded);
        return new TypedText(text.text, text.loras, expanded.equals(typed) ? null : typed);
    }

    /** What is sent as it stands. */
    static TypedText of(String typed) {
        if (typed.isBlank()) {
            return new TypedText("", List.of(), null);
        }
        LoraTags taken = LoraTags.takeOut(typed);
        String text = TagList.parse(Parentheses.escapeUnpaired(taken.text())).text();
        return new TypedText(text, taken.tags(), null);
    }

    /**
     * Adds the words and LoRAs to a prompt.
     *
     * @param block the stage that adds them
     * @param asset who brings them; null for the request
     */
    void addTo(List<PromptPart> parts, Target target, String block, @Nullable AssetKey asset) {
        if (!text.isEmpty()) {
            parts.add(new PromptPart(target, text, block, asset, null, template));
        }
        String place = target == Target.NEGATIVE ? Block.NEGATIVE : block; // a LoRA of a negative is not loaded
        loras.forEach(lora -> parts.add(new PromptPart(Target.LORA, lora, place, asset, null, template)));
    }
}
