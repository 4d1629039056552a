/** Language models, their tools and the tag catalogue. The engine finds its plugin; exported
 * is what offers a library's tools to others. */
module dev.gaze.llm {
    requires dev.gaze.api;
    requires static org.jspecify;
    requires okhttp3;
    requires okio;
    requires com.github.benmanes.caffeine;
    requires com.networknt.schema;
    // Only there when somebody uses MCP.
    requires static io.modelcontextprotocol.sdk.mcp.core;
    requires static java.net.http;
    requires static reactor.core;
    requires static org.reactivestreams;
    requires tools.jackson.databind;
    requires de.siegmar.fastcsv;

    exports dev.gaze.llm.mcp;
    exports dev.gaze.llm.tool;

    provides dev.gaze.api.plugin.GazePlugin with
            dev.gaze.llm.LlmPlugin;
    provides dev.gaze.api.writer.WriterEngine with
            dev.gaze.llm.writer.DefaultWriterEngine;
}
