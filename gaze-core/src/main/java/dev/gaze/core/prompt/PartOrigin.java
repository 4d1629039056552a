package dev.gaze.core.prompt;

import dev.gaze.api.prompt.PromptPart;

/** Where words come from, as problems say it. */
public final class PartOrigin {
    private PartOrigin() {}

    /**
     * The origin of a part.
     *
     * @param part some words
     * @return such as {@code outfit/raincoat wardrobe::top}, or {@code words of 'plus'} when no asset gave them
     */
    public static String of(PromptPart part) {
        String giver = part.asset() == null
                ? "words of '" + part.block() + "'"
                : part.asset().toString();
        return part.field() == null ? giver : giver + " " + part.field();
    }
}
