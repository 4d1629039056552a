package dev.gaze.llm.mcp;

import dev.gaze.api.chat.ChatTool;
import dev.gaze.api.chat.ChatToolbox;
import dev.gaze.api.chat.ToolServer;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The servers that answered, with their tools. All are opened side by side within one limit of time; one that is not there
 * costs its own tools and leaves a warning.
 */
final class McpToolbox implements ChatToolbox {
    private static final Duration TO_OPEN = Duration.ofSeconds(30);

    /** No connection is named here: without the SDK its class cannot be loaded, and closing must work all the same. */
    private final List<Runnable> toClose = new CopyOnWriteArrayList<>();

    private final Map<String, ChatTool> tools = new LinkedHashMap<>();
    private final List<Problem> warnings = new ArrayList<>();

    /** A server that is being opened on a thread of its own. */
    private final class Opening implements Runnable {
        private final ToolServer server;
        private final Thread thread;
        private volatile @Nullable List<McpTool> found;
        private volatile @Nullable Problem problem;

        Opening(ToolServer server) {
            this.server = server;
            thread = new Thread(this, "gaze-mcp-" + server.name());
            thread.setDaemon(true);
        }

        @Override
        public void run() {
            try {
                McpConnection connection = new McpConnection(server);
                toClose.add(connection::close);
                list(connection);
            } catch (LinkageError missing) { // an SDK of another version is one too
                problem = Problem.of("The tools of server '%s' cannot be used: the MCP SDK is not there, or another one"
                                .formatted(server.name()))
                        .fix("put io.modelcontextprotocol.sdk:mcp-core and mcp-json-jackson3 beside GAZE");
            }
        }

        private void list(McpConnection connection) {
            try {
                found = connection.tools();
            } catch (RuntimeException failure) {
                problem = connection.problem("is not there or gives no tools", failure);
            }
        }
    }

    void open(List<ToolServer> servers, Time time) {
        List<Opening> all = servers.stream().map(Opening::new).toList();
        all.forEach(opening -> opening.thread.start());
        Time.Timer limit = time.after(TO_OPEN, () -> stop(all));
        try {
            for (Opening opening : all) {
                opening.thread.join();
                add(opening);
            }
        } catch (InterruptedException interrupted) {
            stop(all);
            Thread.currentThread().interrupt();
            warnings.add(Problem.of("The thread was interrupted while tool servers were opened"));
        } finally {
            limit.cancel();
        }
    }

    private static void stop(List<Opening> all) {
        all.forEach(opening -> opening.thread.interrupt());
    }

    private void add(Opening opening) {
        if (opening.problem != null) {
            warnings.add(opening.problem);
        }
        List<McpTool> found = opening.found;
        if (found != null) {
            for (McpTool tool : found) {
                // Two servers may have a tool of one name; the second one's is told by its server.
                McpTool named = tools.containsKey(tool.id())
                        ? tool.named(McpTool.spelled(opening.server.name() + "_" + tool.id()))
                        : tool;
                if (tools.putIfAbsent(named.id(), named) != null) {
                    warnings.add(Problem.of("Tool '%s' of server '%s' is left out: others have its names"
                            .formatted(tool.name(), opening.server.name())));
                }
            }
        }
    }

    @Override
    public List<ChatTool> tools() {
        return List.copyOf(tools.values());
    }

    @Override
    public List<Problem> warnings() {
        return List.copyOf(warnings);
    }

    @Override
    public void close() {
        toClose.forEach(Runnable::run);
    }
}
