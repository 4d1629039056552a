package dev.gaze.core.engine;

import dev.gaze.api.writer.PromptTarget;
import dev.gaze.api.writer.PromptWriterBuilder;
import dev.gaze.core.settings.WriterSettings;
import java.nio.file.Path;
import java.util.List;

/**
 * What a library has to say about written prompts.
 *
 * @param targets what plugins want prompts written for
 * @param settings what {@code gaze.json} says
 * @param instructions the folder of the user's own instructions
 */
record WriterRoom(List<PromptTarget> targets, WriterSettings settings, Path instructions) {

    PromptWriterBuilder prepare(PromptWriterBuilder writer) {
        targets.forEach(writer::target);
        if (settings.rateLimit() != null) {
            writer.rateLimit(settings.rateLimit());
        }
        return writer.instructions(instructions).cached(settings.cached()).longest(settings.longest());
    }
}
