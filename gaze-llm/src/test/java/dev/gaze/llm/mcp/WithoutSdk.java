package dev.gaze.llm.mcp;

import dev.gaze.api.chat.ChatToolbox;
import dev.gaze.api.chat.ToolServer;
import dev.gaze.api.chat.ToolSettings;
import dev.gaze.api.time.SystemTime;
import java.util.List;
import java.util.Map;

/** Runs in a JVM of its own, where the MCP SDK is not there. */
public final class WithoutSdk {
    private WithoutSdk() {}

    /** Opens no server, then one, and tells what is missing. */
    public static void main(String[] arguments) {
        List<ToolServer> one = List.of(new ToolServer.Command("one", List.of("cat"), Map.of()));
        try (SystemTime time = new SystemTime()) {
            for (List<ToolServer> servers : List.of(List.<ToolServer>of(), one)) {
                try (ChatToolbox box = new McpTools()
                        .open(new ToolSettings(
                                () -> {
                                    throw new IllegalStateException("nobody asks for tags here");
                                },
                                servers,
                                time))) {
                    System.out.println(box.warnings());
                }
            }
        }
        System.out.println("closed");
    }
}
