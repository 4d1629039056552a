package dev.gaze.api.writer;

/** Makes prompt writers. Found through {@link java.util.ServiceLoader}; gaze-llm provides the one there is. */
public interface WriterEngine {

    /**
     * Makes a writer.
     *
     * @param options how it works
     * @return the writer
     */
    PromptWriter open(WriterOptions options);
}
