package dev.gaze.llm.mcp;

import dev.gaze.api.chat.ToolServer;
import dev.gaze.llm.client.KnownSecrets;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A server that is a program of ours. The SDK's transport does the talking, but tells nobody when the program cannot be
 * started or has ended: messages to it are dropped, and whoever waits for an answer waits until the time is up. Here a
 * message to a program that is gone fails at once, and {@code onEnd} is told.
 */
final class ServerProcess implements McpClientTransport {
    private static final System.Logger LOG = System.getLogger(ServerProcess.class.getName());

    /** What programs need to find others, their files, their language; Windows spells some of them in small letters. */
    static final Set<String> HARMLESS = Set.of(
            "PATH",
            "HOME",
            "USER",
            "LOGNAME",
            "SHELL",
            "TERM",
            "LANG",
            "LC_ALL",
            "LC_CTYPE",
            "TZ",
            "TMPDIR",
            "TEMP",
            "TMP",
            "APPDATA",
            "COMSPEC",
            "HOMEDRIVE",
            "HOMEPATH",
            "LOCALAPPDATA",
            "PATHEXT",
            "PROCESSOR_ARCHITECTURE",
            "PROGRAMDATA",
            "PROGRAMFILES",
            "SYSTEMDRIVE",
            "SYSTEMROOT",
            "USERNAME",
            "USERPROFILE",
            "WINDIR");

    private final String name;
    private final StdioClientTransport transport;
    private final Runnable onEnd;
    private volatile @Nullable Throwable end;

    /**
     * Starts nothing yet.
     *
     * @param server the command
     * @param secrets what must not be logged
     * @param onEnd called once, on a thread of its own, after the program has ended
     */
    ServerProcess(ToolServer.Command server, KnownSecrets secrets, Runnable onEnd) {
        this.name = server.name();
        this.onEnd = onEnd;
        List<String> command = server.command();
        transport = new Transport(ServerParameters.builder(command.get(0))
                .args(command.subList(1, command.size()))
                .env(server.environment())
                .build());
        transport.setStdErrorHandler(line -> LOG.log(Level.DEBUG, "{0}: {1}", name, secrets.without(line)));
    }

    /** The SDK's, but of our variables the program gets the harmless ones alone: among the others may be keys. */
    private static final class Transport extends StdioClientTransport {
        Transport(ServerParameters parameters) {
            super(parameters, McpJsonDefaults.getMapper());
        }

        @Override
        protected ProcessBuilder getProcessBuilder() {
            ProcessBuilder builder = super.getProcessBuilder();
            builder.environment().keySet().removeIf(name -> !HARMLESS.contains(name.toUpperCase(Locale.ROOT)));
            return builder;
        }
    }

    @Override
    public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
        return transport.connect(handler).doOnSuccess(started -> watch()).doOnError(failure -> {
            end = failure;
            onEnd.run();
        });
    }

    private void watch() {
        Thread watcher = new Thread(
                () -> {
                    transport.awaitForExit();
                    end = new IOException("the program has ended");
                    onEnd.run();
                },
                "gaze-mcp-" + name + "-end");
        watcher.setDaemon(true);
        watcher.start();
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        return Mono.defer(() -> {
            Throwable ended = end;
            return ended == null ? transport.sendMessage(message) : Mono.error(ended);
        });
    }

    @Override
    public Mono<Void> closeGracefully() {
        return transport.closeGracefully();
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return transport.unmarshalFrom(data, type);
    }

    @Override
    public List<String> protocolVersions() {
        return transport.protocolVersions();
    }
}
