package dev.gaze.api;

import dev.gaze.api.plan.PlannedLora;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.prompt.Prompt;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What a request would say to the model, told without a server (G103). Composed by the same code as a real picture.
 *
 * @param prompt the finished words with their origins
 * @param loras the LoRA chain
 * @param warnings what was passed over or replaced
 */
public record Preview(Prompt prompt, List<PlannedLora> loras, List<Problem> warnings) {

    /** Copies the lists. */
    public Preview {
        Objects.requireNonNull(prompt, "prompt");
        loras = List.copyOf(loras);
        warnings = List.copyOf(warnings);
    }

    /** The prompt with its parts, then the LoRA chain, then the warnings. */
    @Override
    public String toString() {
        return prompt
                + (loras.isEmpty() ? "\nloras     none" : "")
                + loras.stream().map(lora -> "\nlora      " + lora).collect(Collectors.joining())
                + warnings.stream()
                        .filter(warning -> !prompt.warnings().contains(warning))
                        .map(warning -> "\nwarning: " + warning)
                        .collect(Collectors.joining());
    }
}
