package dev.gaze.core.plan;

import dev.gaze.api.plan.LoraRef;

/**
 * A LoRA as people write it among words: {@code <lora:name>}, {@code <lora:name:strength>} or
 * {@code <lora:name:model:clip>}. The name may lack its extension; without a strength it is 1.
 */
final class LoraTag {
    private static final String EXTENSION = ".safetensors";
    private static final int START = "<lora:".length();

    private LoraTag() {}

    /**
     * Reads a tag.
     *
     * @param tag with its angle brackets
     * @throws IllegalArgumentException when name or strength is not accepted
     */
    static LoraRef read(String tag) {
        String[] parts = tag.substring(START, tag.length() - 1).split(":", -1);
        if (parts.length > 3) {
            throw new IllegalArgumentException("expected a name and at most two strengths");
        }
        String name = parts[0].strip();
        double model = parts.length > 1 ? strength(parts[1]) : 1;
        double clip = parts.length > 2 ? strength(parts[2]) : model;
        String file = name.isEmpty() || name.endsWith(EXTENSION) ? name : name + EXTENSION;
        return new LoraRef(file, model, clip, "");
    }

    private static double strength(String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException("strength '%s' is no number".formatted(text), wrong);
        }
    }
}
