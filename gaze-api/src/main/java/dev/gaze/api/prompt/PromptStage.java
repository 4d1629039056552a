package dev.gaze.api.prompt;

import dev.gaze.api.plugin.Extension;
import dev.gaze.api.plugin.Position;

/**
 * One step of composition. GAZE's own are, in order, {@code fields}, {@code extras}, {@code plus}, {@code background},
 * {@code base}, {@code template}, {@code deny-list} and {@code cross-dedup}; the last two always come last.
 *
 * <p>Called once for every prompt, on the thread that composes it; several prompts may be composed at once, so a stage
 * keeps nothing between calls. A stage without a wish for its place stands behind {@code background}.
 */
public interface PromptStage extends Extension {

    /**
     * Where this stage stands among the others.
     *
     * @return beside another stage, or {@link Position#ANYWHERE}
     */
    default Position position() {
        return Position.ANYWHERE;
    }

    /**
     * Takes the draft one step further. Same draft, same result: no clock, no randomness, no files.
     *
     * @param draft what the stages in front made; immutable
     * @return the draft with this stage's words, or unchanged
     * @throws dev.gaze.api.problem.GazeException when the words cannot be composed; nothing is then queued
     */
    Draft apply(Draft draft);
}
