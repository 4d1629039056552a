package dev.gaze.llm.mcp;

import dev.gaze.api.chat.ChatTool;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Offers tools to a program elsewhere, as an MCP server over standard input and output. While it runs nobody else may
 * write to the output.
 *
 * <pre>{@code
 * ToolServing.serve(LibraryTools.of(gaze), System.in, System.out);
 * }</pre>
 */
public final class ToolServing {
    private static final System.Logger LOG = System.getLogger(ToolServing.class.getName());

    private ToolServing() {}

    /**
     * Answers until the input ends. Arguments that do not fit a tool's schema, and what a tool throws, are answered as
     * results that went wrong; a line that is no message is answered with JSON-RPC's error -32700 or -32600. Calls may run
     * side by side; one that still runs 3 seconds after the end of the input goes unanswered.
     *
     * @param tools what is offered, each name once
     * @param in where requests come from
     * @param out where answers go
     * @throws InterruptedException when this thread is interrupted; the server has ended then
     */
    public static void serve(List<? extends ChatTool> tools, InputStream in, OutputStream out)
            throws InterruptedException {
        LineTransport transport = new LineTransport(in, out);
        McpSyncServer server = McpServer.sync(transport)
                .serverInfo("gaze", "1")
                .capabilities(
                        McpSchema.ServerCapabilities.builder().tools(false).build())
                .validateToolInputs(true)
                .tools(tools.stream().map(ToolServing::specification).toList())
                .build();
        try {
            transport.awaitEnd();
        } finally {
            server.closeGracefully();
        }
    }

    private static McpServerFeatures.SyncToolSpecification specification(ChatTool tool) {
        return McpServerFeatures.SyncToolSpecification.builder()
                .tool(McpSchema.Tool.builder(tool.id(), JavaValues.of(tool.parameters()))
                        .description(tool.description())
                        .build())
                .callHandler((exchange, request) -> run(tool, request))
                .build();
    }

    private static McpSchema.CallToolResult run(ChatTool tool, McpSchema.CallToolRequest request) {
        try {
            JsonValue result = tool.run(
                    request.arguments() == null ? JsonObject.empty() : (JsonObject) JsonValue.of(request.arguments()));
            String text = result instanceof JsonText words
                    ? words.value()
                    : new String(Json.compact(result), StandardCharsets.UTF_8);
            return McpSchema.CallToolResult.builder().addTextContent(text).build();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return failed("The tool was interrupted");
        } catch (Exception failure) {
            LOG.log(Level.DEBUG, "Tool '" + tool.id() + "' failed", failure);
            String message = failure.getMessage();
            return failed(message == null ? failure.getClass().getSimpleName() : message);
        }
    }

    private static McpSchema.CallToolResult failed(String why) {
        return McpSchema.CallToolResult.builder()
                .addTextContent(why)
                .isError(true)
                .build();
    }
}
