package dev.gaze.core.settings;

import dev.gaze.api.writer.PromptWriterBuilder;
import dev.gaze.api.writer.RateLimit;
import org.jspecify.annotations.Nullable;

/**
 * What {@code gaze.json} says about written prompts.
 *
 * @param rateLimit how many may be written; null for any number
 * @param cached how many answers are kept to be given again
 * @param longest the most characters of an idea or a message
 */
public record WriterSettings(@Nullable RateLimit rateLimit, int cached, int longest) {
    /** What holds where it says nothing. */
    public static final WriterSettings DEFAULT = new WriterSettings(null, 0, PromptWriterBuilder.LONGEST);
}
