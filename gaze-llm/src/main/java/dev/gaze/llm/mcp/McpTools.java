package dev.gaze.llm.mcp;

import dev.gaze.api.chat.ChatToolSource;
import dev.gaze.api.chat.ChatToolbox;
import dev.gaze.api.chat.ToolSettings;

/** The tools of the MCP servers a library names (G134). */
public final class McpTools implements ChatToolSource {

    /** Opens nothing. */
    public McpTools() {}

    @Override
    public String id() {
        return "gaze.mcp-tools";
    }

    @Override
    public ChatToolbox open(ToolSettings settings) {
        McpToolbox box = new McpToolbox();
        try {
            box.open(settings.servers(), settings.time());
        } catch (RuntimeException | Error failure) {
            box.close();
            throw failure;
        }
        return box;
    }
}
