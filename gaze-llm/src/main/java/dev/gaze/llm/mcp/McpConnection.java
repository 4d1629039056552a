package dev.gaze.llm.mcp;

import dev.gaze.api.chat.ToolServer;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.llm.client.KnownSecrets;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A connection to one MCP server. When a call finds it broken it is given up, and the next call opens it anew. Safe for
 * use by several threads; a thread that waits for an answer may be interrupted.
 */
final class McpConnection implements AutoCloseable {
    /** Whoever waits sets limits of their own; these stand behind, in case nobody does. */
    private static final Duration BEHIND = Duration.ofMinutes(30);

    private static final Duration TO_GREET = Duration.ofSeconds(25);
    private static final int MOST_PAGES = 100;
    /** Variables are often switches, such as {@code true}; those may be repeated. */
    private static final int SHORTEST_VARIABLE = 8;

    private final ToolServer server;
    private final KnownSecrets secrets;
    private final AtomicReference<@Nullable McpSyncClient> client = new AtomicReference<>();
    private volatile boolean closed;

    McpConnection(ToolServer server) {
        this.server = server;
        secrets = new KnownSecrets(secrets(server));
    }

    private static List<String> secrets(ToolServer server) {
        if (server instanceof ToolServer.Http http) {
            List<String> all = new ArrayList<>(KnownSecrets.in(http.url()));
            all.addAll(http.headers().values());
            if (http.key() != null) {
                all.add(http.key().value());
            }
            return all;
        }
        return ((ToolServer.Command) server)
                .environment().values().stream()
                        .filter(value -> value.length() >= SHORTEST_VARIABLE)
                        .toList();
    }

    /** What its server offers. */
    List<McpTool> tools() {
        McpSyncClient open = open();
        List<McpTool> tools = new ArrayList<>();
        String cursor = null;
        for (int page = 0; page < MOST_PAGES; page++) {
            McpSchema.ListToolsResult listed = cursor == null ? open.listTools() : open.listTools(cursor);
            listed.tools().forEach(tool -> tools.add(McpTool.of(tool, this)));
            cursor = listed.nextCursor();
            if (cursor == null || cursor.isEmpty()) {
                break;
            }
        }
        return tools;
    }

    /** Calls a tool by the name its server gave it. */
    McpSchema.CallToolResult call(String tool, Map<String, Object> arguments) {
        McpSyncClient open = null;
        try {
            open = open();
            return open.callTool(
                    McpSchema.CallToolRequest.builder(tool).arguments(arguments).build());
        } catch (GazeException closedHere) {
            throw closedHere;
        } catch (McpError refused) {
            throw new GazeException(GazeException.Kind.FAILED, Problem.of(told(refused.getMessage())));
        } catch (RuntimeException broken) {
            boolean stopped = Thread.currentThread().isInterrupted();
            if (!stopped && open != null) {
                giveUp(open);
            }
            throw new GazeException(
                    stopped ? GazeException.Kind.CANCELLED : GazeException.Kind.UNAVAILABLE,
                    null,
                    List.of(problem("did not answer", broken)),
                    server instanceof ToolServer.Command ? broken : null); // HTTP's names the address, with a key
        }
    }

    /** What the server says, without the secrets it was given; never blank. */
    String told(@Nullable String text) {
        String told = secrets.without(text);
        return told.isBlank() ? "it does not say why" : told;
    }

    /** A result without the secrets the server was given: models need not know them. */
    String result(String text) {
        return secrets.without(text);
    }

    /** What went wrong with the server, without its secrets. */
    Problem problem(String what, RuntimeException failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String reason = server instanceof ToolServer.Command // an address may stand in a message of HTTP, with a key
                ? told(root.getMessage())
                : root.getClass().getSimpleName();
        return Problem.of("Tool server '%s' %s (%s)".formatted(server.name(), what, reason))
                .fix(
                        server instanceof ToolServer.Command command
                                ? "try its command by hand: "
                                        + command.command().get(0)
                                : "check that it is running, its address and its key");
    }

    private synchronized McpSyncClient open() {
        McpSyncClient there = client.get();
        if (there != null) {
            return there;
        }
        McpSyncClient opened = connected();
        client.set(opened); // before the greeting, so that close() ends it too
        try {
            if (closed) {
                throw new GazeException(
                        GazeException.Kind.CANCELLED,
                        Problem.of("The connection to tool server '%s' was closed here".formatted(server.name())));
            }
            opened.initialize();
            return opened;
        } catch (RuntimeException failure) {
            giveUp(opened);
            throw failure;
        }
    }

    private McpSyncClient connected() {
        AtomicReference<McpSyncClient> made = new AtomicReference<>();
        McpClientTransport transport = server instanceof ToolServer.Command command
                ? new ServerProcess(command, secrets, () -> giveUp(made.get()))
                : http((ToolServer.Http) server);
        made.set(McpClient.sync(transport)
                .clientInfo(McpSchema.Implementation.builder("gaze", "1").build())
                .initializationTimeout(TO_GREET)
                .requestTimeout(BEHIND)
                .build());
        return made.get();
    }

    private static McpClientTransport http(ToolServer.Http http) {
        URI url = http.url();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return HttpClientStreamableHttpTransport.builder(url.getScheme() + "://" + url.getRawAuthority())
                .endpoint(url.getRawPath() + query)
                .jsonMapper(McpJsonDefaults.getMapper())
                .addHttpRequestCustomizer((request, method, to, body, context) -> {
                    http.headers().forEach(request::setHeader);
                    if (http.key() != null) {
                        request.setHeader(
                                "Authorization", "Bearer " + http.key().value());
                    }
                })
                .build();
    }

    /** Whoever waits for its answer is told, and the next call opens anew. Needs no lock: its holder may be waiting. */
    private void giveUp(McpSyncClient broken) {
        if (client.compareAndSet(broken, null)) {
            broken.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        McpSyncClient there = client.getAndSet(null);
        if (there != null) {
            there.closeGracefully();
        }
    }
}
