package dev.gaze.api.writer;

import dev.gaze.api.chat.Llm;
import dev.gaze.api.history.History;
import dev.gaze.api.preset.Presets;
import dev.gaze.api.time.Time;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How a writer works, as {@link PromptWriterBuilder} gathered it.
 *
 * @param llm who writes
 * @param presets where chosen presets are looked up; null for nowhere
 * @param history where prompts are written down; null for nowhere
 * @param conversations where conversations are kept; null for memory
 * @param targets further targets, and others in place of those that ship
 * @param instructions a folder of instruction files; null for none
 * @param rateLimit how many prompts may be written; null for any number
 * @param cached how many answers are kept to be given again; 0 for none
 * @param longest the most characters of an idea or a message, 1 or more
 * @param time the clock; null for the machine's
 * @param random where conversation ids come from; null for one that cannot be guessed
 */
public record WriterOptions(
        Llm llm,
        @Nullable Presets presets,
        @Nullable History history,
        @Nullable ConversationStore conversations,
        List<PromptTarget> targets,
        @Nullable Path instructions,
        @Nullable RateLimit rateLimit,
        int cached,
        int longest,
        @Nullable Time time,
        @Nullable RandomGenerator random) {

    /** Copies the list. */
    public WriterOptions {
        Objects.requireNonNull(llm, "llm");
        targets = List.copyOf(targets);
        if (cached < 0) {
            throw new IllegalArgumentException("The number of kept answers must not be negative, got " + cached);
        }
        if (longest < 1) {
            throw new IllegalArgumentException("The most characters of a text must be 1 or more, got " + longest);
        }
    }
}
