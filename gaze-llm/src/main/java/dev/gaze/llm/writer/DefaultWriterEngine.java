package dev.gaze.llm.writer;

import dev.gaze.api.writer.PromptWriter;
import dev.gaze.api.writer.WriterEngine;
import dev.gaze.api.writer.WriterOptions;

/** Makes the prompt writers that {@code PromptWriter.builder} builds. */
public final class DefaultWriterEngine implements WriterEngine {

    /** Made by ServiceLoader. */
    public DefaultWriterEngine() {}

    @Override
    public PromptWriter open(WriterOptions options) {
        return new LlmPromptWriter(options);
    }
}
