package dev.gaze.core.prompt;

import dev.gaze.api.prompt.Draft;
import dev.gaze.api.prompt.PromptPart;
import dev.gaze.api.prompt.PromptPart.Target;
import java.util.ArrayList;
import java.util.List;

/** The words typed for this picture: behind the main words, and behind the negatives of the assets. */
record PlusStage() implements WordStage {
    static final String ID = "plus";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Draft apply(Draft draft, Expansion expansion) {
        List<PromptPart> parts = new ArrayList<>();
        TypedText.of(draft.selection().plus(), expansion, () -> "words of 'plus'")
                .addTo(parts, Target.MAIN, ID, null);
        TypedText.of(draft.selection().negative(), expansion, () -> "words of the negative")
                .addTo(parts, Target.NEGATIVE, ID, null);
        return draft.plus(parts);
    }
}
