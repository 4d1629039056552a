package dev.gaze.api.template;

import dev.gaze.api.problem.Problem;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The results of a request.
 *
 * @param items the results in order; fewer than asked for when there are no more
 * @param loras LoRAs linked to the wildcards that were used, highest priority first, each once
 * @param warnings what holds for the request as a whole, such as that not all results could be looked for, or that
 *     more would be too long for memory
 */
public record Resolutions(List<Resolution> items, List<LoraSuggestion> loras, List<Problem> warnings) {

    /** Copies the lists. */
    public Resolutions {
        items = List.copyOf(items);
        loras = List.copyOf(loras);
        warnings = List.copyOf(warnings);
    }

    /**
     * The results as plain texts.
     *
     * @return in order
     */
    public List<String> texts() {
        return items.stream().map(Resolution::text).toList();
    }

    /** One result a line, then the LoRAs. */
    @Override
    public String toString() {
        return String.join("\n", texts())
                + loras.stream().map(lora -> "\nlora      " + lora).collect(Collectors.joining());
    }
}
