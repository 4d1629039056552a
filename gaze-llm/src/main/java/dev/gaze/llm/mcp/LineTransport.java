package dev.gaze.llm.mcp;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonNull;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransport;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;

/**
 * MCP over two streams, a message a line. The SDK's own transport stops listening, without a word, at the first line that
 * is no message. Here such a line is answered with JSON-RPC's error for it and the next one is read; blank lines are
 * passed over. Whoever serves learns when the input has ended.
 */
final class LineTransport implements McpServerTransportProvider {
    private static final System.Logger LOG = System.getLogger(LineTransport.class.getName());

    private static final Duration TO_FINISH = Duration.ofSeconds(3);
    private static final int NO_JSON = -32700;
    private static final int NO_MESSAGE = -32600;

    private final McpJsonMapper mapper = McpJsonDefaults.getMapper();
    private final MessageLines lines;
    private final OutputStream out;
    private final CountDownLatch inputEnded = new CountDownLatch(1);
    /** The reader, and every message that is still worked on. */
    private final Phaser working = new Phaser(1);

    private volatile boolean closed;

    LineTransport(InputStream in, OutputStream out) {
        lines = new MessageLines(in);
        this.out = out;
    }

    @Override
    public void setSessionFactory(McpServerSession.Factory factory) {
        McpServerSession session = factory.create(new Answers());
        Thread reader = new Thread(() -> read(session), "gaze-mcp-input");
        reader.setDaemon(true);
        reader.start();
    }

    /** Waits for the end of the input, and a little longer for the answers that are still due. */
    void awaitEnd() throws InterruptedException {
        inputEnded.await();
        try {
            working.awaitAdvanceInterruptibly(0, TO_FINISH.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException tooLong) {
            LOG.log(Level.DEBUG, "The input has ended; calls that still run go unanswered", tooLong);
        }
    }

    private void read(McpServerSession session) {
        try {
            for (String line = lines.next(); line != null && !closed; line = lines.next()) {
                handle(session, line);
            }
        } catch (IOException | RuntimeException broken) {
            LOG.log(Level.WARNING, "The input of the MCP server cannot be read any further", broken);
        } finally {
            working.arriveAndDeregister();
            inputEnded.countDown();
        }
    }

    private void handle(McpServerSession session, String line) throws IOException {
        JSONRPCMessage message;
        try {
            message = McpSchema.deserializeJsonRpcMessage(mapper, line);
        } catch (IOException | RuntimeException notUnderstood) {
            LOG.log(Level.DEBUG, "A line of the input is no message", notUnderstood);
            write(refusal(line));
            return;
        }
        working.register();
        session.handle(message)
                .doFinally(how -> working.arriveAndDeregister())
                .subscribe(done -> {}, failure -> LOG.log(Level.WARNING, "An MCP message failed", failure));
    }

    private static byte[] refusal(String line) {
        JsonValue id = JsonNull.NULL;
        int code = NO_MESSAGE;
        String why = "The line is no JSON-RPC 2.0 message";
        try {
            id = Json.object(line).get("id").orElse(id);
        } catch (RuntimeException noObject) {
            code = NO_JSON;
            why = "The line is no JSON object, or longer than %d bytes".formatted(MessageLines.LONGEST);
        }
        return Json.compact(JsonObject.of(
                "jsonrpc",
                "2.0",
                "id",
                id instanceof JsonText || id instanceof JsonNumber ? id : JsonNull.NULL,
                "error",
                JsonObject.of("code", code, "message", why)));
    }

    private void write(byte[] message) throws IOException {
        synchronized (out) {
            if (!closed) {
                out.write(message);
                out.write('\n');
                out.flush();
            }
        }
    }

    @Override
    public Mono<Void> notifyClients(String method, Object parameters) {
        return Mono.empty(); // the tools never change while they are served
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.fromRunnable(() -> closed = true);
    }

    /** The way out. */
    private final class Answers implements McpServerTransport {
        @Override
        public Mono<Void> sendMessage(JSONRPCMessage message) {
            return Mono.fromCallable(() -> {
                write(mapper.writeValueAsString(message).getBytes(StandardCharsets.UTF_8));
                return null;
            });
        }

        @Override
        public Mono<Void> closeGracefully() {
            return LineTransport.this.closeGracefully();
        }

        @Override
        public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
            return mapper.convertValue(data, type);
        }
    }
}
