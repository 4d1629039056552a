package dev.gaze.core.prompt;

import dev.gaze.api.prompt.Draft;
import dev.gaze.api.prompt.PromptStage;

/** A stage that takes texts of assets or of the request, which may be templates. */
interface WordStage extends PromptStage {

    /** Takes the draft one step further, templates expanded. */
    Draft apply(Draft draft, Expansion expansion);

    @Override
    default Draft apply(Draft draft) {
        return apply(draft, Expansion.none());
    }
}
