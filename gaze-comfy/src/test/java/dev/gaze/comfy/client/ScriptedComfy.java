package dev.gaze.comfy.client;

import static org.awaitility.Awaitility.await;

import dev.gaze.api.backend.ServerSettings;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;

/**
 * A server whose every word a test decides: real HTTP and WebSocket on a loopback port, a queue and a history that a
 * test moves by hand, frames sent one by one. For what a whole server does by itself there is EmbeddedComfy.
 */
final class ScriptedComfy extends Dispatcher implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final MockWebServer web = new MockWebServer();
    private final Map<String, Function<RecordedRequest, MockResponse>> scripted = new ConcurrentHashMap<>();
    private final Map<String, JsonValue> pending = new LinkedHashMap<>();
    private final Map<String, JsonValue> running = new LinkedHashMap<>();
    private final Map<String, JsonValue> history = new LinkedHashMap<>();
    final List<RecordedRequest> asked = new CopyOnWriteArrayList<>();
    final BlockingQueue<JsonObject> prompts = new LinkedBlockingQueue<>();
    final BlockingQueue<Line> lines = new LinkedBlockingQueue<>();

    private final CuttableConnections accepting = new CuttableConnections();

    ScriptedComfy() {
        web.setDispatcher(this);
        web.setServerSocketFactory(accepting);
        try {
            web.start(InetAddress.getLoopbackAddress(), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + web.getPort());
    }

    ServerSettings settings() {
        return ServerSettings.of(address());
    }

    /** One socket of a client. */
    static final class Line extends WebSocketListener {
        final String client;
        final BlockingQueue<String> said = new LinkedBlockingQueue<>();
        private final Socket connection;
        private final boolean greets;
        private volatile WebSocket socket;
        volatile boolean ended;

        Line(RecordedRequest request, Socket connection, boolean greets) {
            this.connection = connection;
            this.greets = greets;
            client = request.getUrl().queryParameter("clientId");
        }

        @Override
        public void onOpen(WebSocket socket, Response response) {
            this.socket = socket;
            if (greets) {
                send(JsonObject.of("type", "status", "data", JsonObject.of("status", remaining(0), "sid", client)));
            }
        }

        @Override
        public void onMessage(WebSocket socket, String text) {
            said.add(text);
        }

        @Override
        public void onClosing(WebSocket socket, int code, String reason) {
            ended = true;
            socket.close(1000, null);
        }

        @Override
        public void onFailure(WebSocket socket, Throwable failure, Response response) {
            ended = true;
        }

        void send(JsonObject frame) {
            socket.send(new String(Json.compact(frame), StandardCharsets.UTF_8));
        }

        void send(String type, Object... data) {
            send(JsonObject.of("type", type, "data", JsonObject.of(data)));
        }

        void send(byte[] bytes) {
            socket.send(ByteString.of(bytes));
        }

        /** The end of a server that died: no close frame. */
        void drop() throws IOException {
            connection.close();
        }

        void close() {
            socket.close(1001, null);
        }

        // ---- the frames of a run

        void begins(String id, String... cached) {
            send("execution_start", "prompt_id", id, "timestamp", 1);
            send("execution_cached", "nodes", List.of(cached), "prompt_id", id, "timestamp", 1);
        }

        void works(String id, String node) {
            send("progress_state", "prompt_id", id, "nodes", JsonObject.empty());
            send("executing", "node", node, "display_node", node, "prompt_id", id);
        }

        void made(String id, String node, String file) {
            send("executed", "node", node, "display_node", node, "output", images(file), "prompt_id", id);
        }

        void succeeds(String id) {
            send("execution_success", "prompt_id", id, "timestamp", 1);
        }

        void over(String id) {
            send("executing", "node", null, "prompt_id", id);
        }

        /** A whole run of two nodes, the second of which saves. */
        void runs(String id, String file) {
            begins(id);
            works(id, "1");
            works(id, "2");
            made(id, "2", file);
            succeeds(id);
            over(id);
        }
    }

    static JsonObject remaining(int count) {
        return JsonObject.of("exec_info", JsonObject.of("queue_remaining", count));
    }

    static JsonObject images(String... files) {
        List<JsonValue> images = new ArrayList<>();
        for (String file : files) {
            images.add(JsonObject.of("filename", file, "subfolder", "gaze", "type", "output"));
        }
        return JsonObject.of("images", new JsonArray(images));
    }

    /** A preview as servers with metadata send it. */
    static byte[] preview(String id, String node, byte[] image) {
        byte[] metadata = Json.compact(JsonObject.of("prompt_id", id, "node_id", node, "image_type", "image/jpeg"));
        return ByteBuffer.allocate(8 + metadata.length + image.length)
                .putInt(4)
                .putInt(metadata.length)
                .put(metadata)
                .put(image)
                .array();
    }

    /** A preview that does not say whose it is. */
    static byte[] oldPreview(int imageType, byte[] image) {
        return ByteBuffer.allocate(8 + image.length)
                .putInt(1)
                .putInt(imageType)
                .put(image)
                .array();
    }

    // ---- what a test decides

    /** Answers {@code "POST /prompt"} and the like in place of the usual. */
    void script(String request, Function<RecordedRequest, MockResponse> answer) {
        scripted.put(request, answer);
    }

    void unscript(String request) {
        scripted.remove(request);
    }

    static MockResponse json(int code, JsonValue value) {
        return new MockResponse.Builder()
                .code(code)
                .addHeader("Content-Type", "application/json; charset=utf-8")
                .body(new okio.Buffer().write(Json.compact(value)))
                .build();
    }

    static MockResponse text(int code, String type, String body) {
        return new MockResponse.Builder()
                .code(code)
                .addHeader("Content-Type", type)
                .body(body)
                .build();
    }

    /** No sockets: the upgrade is refused. */
    void refuseSockets() {
        script("GET /ws", request -> text(404, "text/plain", "no"));
    }

    void waits(String id) {
        waits(id, "somebody");
    }

    synchronized void waits(String id, String client) {
        pending.put(id, item(id, client));
    }

    void starts(String id) {
        starts(id, "somebody");
    }

    synchronized void starts(String id, String client) {
        pending.remove(id);
        running.put(id, item(id, client));
    }

    synchronized void vanishes(String id) {
        pending.remove(id);
        running.remove(id);
        history.remove(id);
    }

    synchronized void ends(String id, JsonObject outputs, String lastMessage, JsonObject data) {
        pending.remove(id);
        running.remove(id);
        history.put(
                id,
                JsonObject.of(
                        "prompt", item(id, "somebody"),
                        "outputs", outputs,
                        "status",
                                JsonObject.of(
                                        "status_str", lastMessage.equals("execution_success") ? "success" : "error",
                                        "completed", lastMessage.equals("execution_success"),
                                        "messages",
                                                JsonArray.of(
                                                        JsonArray.of("execution_start", JsonObject.of("prompt_id", id)),
                                                        JsonArray.of(lastMessage, data)))));
    }

    void endsWell(String id, String... files) {
        ends(id, JsonObject.of("2", images(files)), "execution_success", JsonObject.of("prompt_id", id));
    }

    private static JsonArray item(String id, String client) {
        return JsonArray.of(1, id, JsonObject.empty(), JsonObject.of("client_id", client), JsonArray.of("2"));
    }

    /** The id of the next prompt posted. */
    String nextPrompt() throws InterruptedException {
        JsonObject body = prompts.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (body == null) {
            throw new AssertionError("no prompt was posted");
        }
        return body.text("prompt_id").orElseThrow();
    }

    Line nextLine() throws InterruptedException {
        Line line = lines.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("no socket was opened");
        }
        return line;
    }

    long count(String request) {
        return asked.stream().filter(each -> name(each).equals(request)).count();
    }

    void awaitAsked(String request, long times) {
        await().atMost(PATIENCE).until(() -> count(request) >= times);
    }

    /** The body of the last request of this name. */
    JsonObject body(String request) {
        RecordedRequest last = asked.stream()
                .filter(each -> name(each).equals(request))
                .reduce((a, b) -> b)
                .orElseThrow();
        return Json.object(last.getBody().toByteArray(), JsonLimits.ANSWER);
    }

    static String name(RecordedRequest request) {
        return request.getMethod() + " " + request.getUrl().encodedPath();
    }

    // ---- what it does by itself

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        drain();
        asked.add(request);
        Function<RecordedRequest, MockResponse> answer = scripted.get(name(request));
        return answer != null ? answer.apply(request) : usual(request);
    }

    private void drain() {
        try {
            while (web.takeRequest(0, TimeUnit.NANOSECONDS) != null) {
                continue; // it keeps every request until taken
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized MockResponse usual(RecordedRequest request) {
        String name = name(request);
        if (name.equals("GET /ws")) {
            return line(request, true);
        }
        if (name.startsWith("GET /history/")) {
            String id = request.getUrl().pathSegments().get(1);
            return json(200, history.containsKey(id) ? JsonObject.of(id, history.get(id)) : JsonObject.empty());
        }
        return switch (name) {
            case "POST /prompt" -> {
                JsonObject body = Json.object(request.getBody().toByteArray(), JsonLimits.ANSWER);
                String id = body.text("prompt_id").orElse("None");
                pending.put(id, item(id, body.text("client_id").orElse("")));
                prompts.add(body);
                yield json(200, JsonObject.of("prompt_id", id, "number", 1, "node_errors", JsonObject.empty()));
            }
            case "GET /queue" ->
                json(
                        200,
                        JsonObject.of(
                                "queue_running", List.copyOf(running.values()),
                                "queue_pending", List.copyOf(pending.values())));
            case "POST /queue" -> {
                JsonObject body = Json.object(request.getBody().toByteArray(), JsonLimits.ANSWER);
                if (body.get("delete").orElse(null) instanceof JsonArray ids) {
                    ids.items().forEach(id -> pending.remove(id.toString().replace("\"", "")));
                }
                yield empty();
            }
            case "POST /interrupt" -> empty();
            case "GET /view" ->
                new MockResponse.Builder()
                        .addHeader("Content-Type", "image/png")
                        .body("bytes of " + request.getUrl().queryParameter("filename"))
                        .build();
            default -> text(404, "text/plain", "");
        };
    }

    /** Accepts a socket; one that is not greeted does not know whether the server knows it. */
    MockResponse line(RecordedRequest request, boolean greets) {
        Line line = new Line(request, accepting.sockets.get(request.getConnectionIndex()), greets);
        lines.add(line);
        return new MockResponse.Builder().webSocketUpgrade(line).build();
    }

    static MockResponse empty() {
        return new MockResponse.Builder().code(200).build();
    }

    @Override
    public void close() {
        web.close();
    }
}
