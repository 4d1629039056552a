package dev.gaze.api.template;

import java.util.Objects;

/**
 * A LoRA that goes with a wildcard that was used (D30). It is linked to the wildcard's path in {@code loras.json} of the
 * folder {@code .state} beside the wildcard files; nothing is added to a prompt by itself.
 *
 * @param name the LoRA as the link names it
 * @param modelStrength how strongly it is applied to the model
 * @param clipStrength the same for the text encoder; 1 when the link says nothing
 * @param trigger words to write with it, separated by commas; may be empty
 * @param priority the higher, the earlier in the list; 0 when the link says nothing
 */
public record LoraSuggestion(String name, double modelStrength, double clipStrength, String trigger, int priority) {

    /** Checks the name and the strengths. */
    public LoraSuggestion {
        Objects.requireNonNull(trigger, "trigger");
        if (Objects.requireNonNull(name, "name").isBlank()) {
            throw new IllegalArgumentException("A LoRA suggestion has a name; this one is blank");
        }
        if (!(Math.abs(modelStrength) <= 100) || !(Math.abs(clipStrength) <= 100)) { // NaN fails too
            throw new IllegalArgumentException("LoRA '%s' has strengths %s and %s; ComfyUI accepts -100 to 100"
                    .formatted(name, modelStrength, clipStrength));
        }
    }

    /** Name, strengths and words in one line. */
    @Override
    public String toString() {
        String strengths = modelStrength == clipStrength ? "" + modelStrength : modelStrength + "/" + clipStrength;
        return (name + "  " + strengths + "  " + trigger).strip();
    }
}
