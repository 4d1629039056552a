package dev.gaze.api.writer;

import dev.gaze.api.history.HistoryId;
import dev.gaze.api.problem.Problem;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a language model has written (P61).
 *
 * @param text the whole answer
 * @param options the prompts in it, in their order; at least one. A conversation usually offers two or three
 * @param target the id of the target it was written for
 * @param model the language model that wrote it
 * @param entry its entry in the history; null when there is no history, or it could not be written down
 * @param warnings what had to be done differently
 */
public record WrittenPrompt(
        String text,
        List<Option> options,
        String target,
        String model,
        @Nullable HistoryId entry,
        List<Problem> warnings) {

    /**
     * One prompt.
     *
     * @param label how the answer names it; blank when it does not
     * @param prompt the words; the whole answer when it marks none
     * @param negative the negative; blank when there is none
     */
    public record Option(String label, String prompt, String negative) {

        /** Checks that nothing is missing. */
        public Option {
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(prompt, "prompt");
            Objects.requireNonNull(negative, "negative");
        }
    }

    /** Copies the lists. */
    public WrittenPrompt {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(model, "model");
        options = List.copyOf(options);
        warnings = List.copyOf(warnings);
        if (options.isEmpty()) {
            throw new IllegalArgumentException("A written prompt has at least one option");
        }
    }

    /**
     * The words of the first option, as the model wrote them; on their way into a picture
     * {@link dev.gaze.api.template.Wildcards#literal} keeps them from being read as a template.
     *
     * @return the prompt
     */
    public String prompt() {
        return options.get(0).prompt();
    }

    /**
     * The negative of the first option.
     *
     * @return the negative; blank when there is none
     */
    public String negative() {
        return options.get(0).negative();
    }

    /** The whole answer. */
    @Override
    public String toString() {
        return text;
    }
}
