package dev.gaze.core.prompt;

import dev.gaze.api.prompt.Draft;
import dev.gaze.api.prompt.LiteralTexts;
import dev.gaze.api.prompt.PromptPart;
import dev.gaze.api.prompt.PromptPart.Target;
import dev.gaze.api.prompt.PromptStage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the workflow template itself says: its literal text stays around the main words, inside the base text, and its
 * negative goes behind all others.
 */
record TemplateStage() implements PromptStage {
    static final String ID = "template";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Draft apply(Draft draft) {
        List<PromptPart> negative = new ArrayList<>();
        TypedText.of(draft.literals().negative()).addTo(negative, Target.NEGATIVE, ID, null);
        return positive(draft.plus(negative));
    }

    /** The words go where the placeholder stands, to the letter: no comma is put between them and the literal text. */
    private static Draft positive(Draft draft) {
        LoraTags literal = LoraTags.takeOut(draft.literals().positive());
        int at = literal.text().indexOf(LiteralTexts.POSITIVE_PLACEHOLDER);
        if (at < 0) { // without a placeholder the words replace the text
            return draft;
        }
        String before = tidy(literal.text().substring(0, at));
        String behind = tidy(literal.text().substring(at + LiteralTexts.POSITIVE_PLACEHOLDER.length()));
        Draft told = draft.withParts(parts(draft, before, behind, literal.tags()));
        if (before.isEmpty() && behind.isEmpty()) {
            return told;
        }
        String words = Parentheses.escapeUnpaired(
                literal.text().replace(LiteralTexts.POSITIVE_PLACEHOLDER, draft.text(Target.MAIN)));
        String positive = Stream.of(draft.text(Target.POSITIVE_BEFORE), words, draft.text(Target.POSITIVE_AFTER))
                .filter(text -> !text.isBlank())
                .collect(Collectors.joining(", "));
        return new Draft(
                told.selection(),
                told.cast(),
                told.literals(),
                told.parts(),
                told.warnings(),
                positive,
                told.finishedNegative());
    }

    /** The literal text stands between the base text and the words. */
    private static List<PromptPart> parts(Draft draft, String before, String behind, List<String> loras) {
        List<PromptPart> parts = new ArrayList<>();
        draft.parts().stream()
                .filter(part -> part.target() == Target.POSITIVE_BEFORE)
                .forEach(parts::add);
        add(before, Target.POSITIVE_BEFORE, parts);
        draft.parts().stream().filter(TemplateStage::isInside).forEach(parts::add);
        add(behind, Target.POSITIVE_AFTER, parts);
        draft.parts().stream()
                .filter(part -> part.target() == Target.POSITIVE_AFTER)
                .forEach(parts::add);
        loras.forEach(lora -> add(lora, Target.LORA, parts));
        return parts;
    }

    private static boolean isInside(PromptPart part) {
        return part.target() != Target.POSITIVE_BEFORE && part.target() != Target.POSITIVE_AFTER;
    }

    private static void add(String text, Target target, List<PromptPart> parts) {
        if (!text.isEmpty()) {
            parts.add(new PromptPart(target, text, ID, null, null));
        }
    }

    /** The text without blanks and commas at its ends. */
    private static String tidy(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isGap(text.charAt(start))) {
            start++;
        }
        while (end > start && isGap(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isGap(char c) {
        return c == ',' || Character.isWhitespace(c);
    }
}
