package dev.gaze.llm.mcp;

import dev.gaze.api.chat.ChatTool;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import io.modelcontextprotocol.spec.McpSchema;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A tool of an MCP server.
 *
 * @param id what the model calls it
 * @param name what its server calls it
 * @param description what it does, as its server tells it
 * @param parameters the JSON Schema of its arguments, as its server tells it
 * @param connection where it runs
 */
record McpTool(String id, String name, String description, JsonObject parameters, McpConnection connection)
        implements ChatTool {

    /** A tool as its server tells it. */
    static McpTool of(McpSchema.Tool tool, McpConnection connection) {
        Map<String, Object> schema = tool.inputSchema();
        JsonObject parameters = schema == null ? JsonObject.empty() : (JsonObject) JsonValue.of(schema);
        String description = Stream.of(tool.description(), tool.title(), tool.name())
                .filter(text -> text != null && !text.isBlank())
                .findFirst()
                .orElse("");
        return new McpTool(spelled(tool.name()), tool.name(), description, parameters, connection);
    }

    /** A name as models can say it: other characters become {@code _}, and it is cut to 64. */
    static String spelled(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9_-]", "_");
        return plain.isEmpty() ? "tool" : plain.substring(0, Math.min(64, plain.length()));
    }

    McpTool named(String other) {
        return new McpTool(other, name, description, parameters, connection);
    }

    @Override
    public JsonText run(JsonObject arguments) {
        McpSchema.CallToolResult result = connection.call(name, JavaValues.of(arguments));
        String text = text(result);
        if (Boolean.TRUE.equals(result.isError())) {
            throw new GazeException(GazeException.Kind.FAILED, Problem.of(connection.told(text)));
        }
        return new JsonText(connection.result(text));
    }

    private static String text(McpSchema.CallToolResult result) {
        if (result.content() == null || result.content().isEmpty()) {
            Object structured = result.structuredContent();
            return structured == null ? "" : new String(Json.compact(JsonValue.of(structured)), StandardCharsets.UTF_8);
        }
        return result.content().stream().map(McpTool::text).collect(Collectors.joining("\n"));
    }

    /** Models of a chat read text; of everything else they are told what it is. */
    private static String text(McpSchema.Content content) {
        if (content instanceof McpSchema.TextContent text) {
            return String.valueOf(text.text());
        }
        if (content instanceof McpSchema.EmbeddedResource embedded
                && embedded.resource() instanceof McpSchema.TextResourceContents resource) {
            return String.valueOf(resource.text());
        }
        if (content instanceof McpSchema.ResourceLink link) {
            return "[link: " + link.uri() + "]";
        }
        return "[" + content.type() + ", not shown]";
    }
}
