/** Language models, their tools and the tag catalogue. Exports nothing: the engine finds its plugin. */
module dev.gaze.llm {
    requires dev.gaze.api;
    requires static org.jspecify;
    requires okhttp3;
    requires okio;
    requires com.github.benmanes.caffeine;
    requires com.networknt.schema;
    requires tools.jackson.databind;
    requires de.siegmar.fastcsv;

    provides dev.gaze.api.plugin.GazePlugin with
            dev.gaze.llm.LlmPlugin;
    provides dev.gaze.api.writer.WriterEngine with
            dev.gaze.llm.writer.DefaultWriterEngine;
}
