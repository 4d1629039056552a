package dev.gaze.comfy.embedded.wire;

import dev.gaze.api.json.JsonObject;
import dev.gaze.comfy.embedded.definition.NodeSpecs;
import dev.gaze.comfy.embedded.fault.Faults;
import dev.gaze.comfy.embedded.fault.Pauses;
import dev.gaze.comfy.embedded.run.Audience;
import dev.gaze.comfy.embedded.run.Engine;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** The HTTP server: sends each request to its route and each socket to {@link Sockets}. */
public final class Server implements AutoCloseable {
    /** Held here because a logger nobody holds loses its level. It would report every connection that ends early. */
    private static final Logger MOCK_WEB_SERVER_LOG = Logger.getLogger(MockWebServer.class.getName());

    private final Setting setting;
    private final AcceptedSockets connections = new AcceptedSockets();
    private final MockWebServer http = new MockWebServer();
    private final Sockets sockets;

    /**
     * What a server is given.
     *
     * @param basePath in front of every path; blank or {@code /comfy}
     * @param authorization the header value every request must carry; blank for none
     * @param maxUploadBytes the largest body of an upload
     * @param faults what goes wrong
     * @param pauses how to wait
     * @param specs node definitions
     * @param ids makes prompt ids and socket ids
     * @param seen told of each request
     */
    public record Setting(
            String basePath,
            String authorization,
            long maxUploadBytes,
            Faults faults,
            Pauses pauses,
            NodeSpecs specs,
            Supplier<UUID> ids,
            Consumer<RecordedRequest> seen) {}

    /** A server that does not listen yet. */
    public Server(Setting setting) {
        this.setting = setting;
        sockets = new Sockets(setting.faults(), setting.pauses(), connections);
        MOCK_WEB_SERVER_LOG.setLevel(Level.OFF);
    }

    /** Who hears frames. */
    public Audience audience() {
        return sockets;
    }

    /** How many sockets are open. */
    public int openSockets() {
        return sockets.count();
    }

    /** Cuts every socket without a close frame. */
    public void cutSockets() {
        sockets.cutAll();
    }

    /** The port it listens on. */
    public int port() {
        return http.getPort();
    }

    /**
     * Listens on the loopback address.
     *
     * @param port 0 for any
     */
    public void start(int port, RouteTable routes) throws IOException {
        http.setServerSocketFactory(connections);
        http.setBodyLimit(setting.maxUploadBytes());
        http.setDispatcher(new Routing(routes));
        http.start(InetAddress.getByName("127.0.0.1"), port);
    }

    @Override
    public void close() {
        sockets.cutAll();
        http.close();
    }

    private final class Routing extends Dispatcher {
        private final RouteTable routes;
        private final MockResponse peek = new MockResponse.Builder().build();

        Routing(RouteTable routes) {
            this.routes = routes;
        }

        @Override
        public MockResponse peek() {
            return peek;
        }

        @Override
        public MockResponse dispatch(RecordedRequest recorded) throws InterruptedException {
            http.takeRequest(0, TimeUnit.SECONDS); // it keeps every request until somebody takes it
            setting.seen().accept(recorded);
            Optional<String> path = path(recorded);
            MockResponse answer = path.isEmpty()
                    ? Answer.notFound()
                    : answer(new Request(recorded.getMethod(), path.get(), recorded));
            return recorded.getMethod().equals("HEAD") ? Answer.headOnly(answer) : answer;
        }

        private Optional<String> path(RecordedRequest recorded) {
            String path = "/" + String.join("/", recorded.getUrl().pathSegments());
            if (!setting.basePath().isEmpty()) {
                if (!path.startsWith(setting.basePath() + "/")) {
                    return Optional.empty();
                }
                path = path.substring(setting.basePath().length());
            }
            return Optional.of(path.startsWith("/api/") ? path.substring(4) : path);
        }

        private MockResponse answer(Request request) {
            Optional<Faults.RouteFault> fault = setting.faults().routeFault(request.path());
            if (fault.isPresent() && !fault.get().kind().answers()) {
                return troubled(request, fault.get());
            }
            MockResponse answer;
            if (!setting.authorization().isEmpty()
                    && !setting.authorization().equals(request.headers().get("Authorization"))) {
                answer = Answer.empty(401);
            } else if (foreign(request)) {
                answer = Answer.empty(403);
            } else if (request.path().equals("/ws") && request.method().equals("GET")) {
                return socket(request);
            } else {
                try {
                    answer = routes.answer(request);
                } catch (RuntimeException failed) {
                    System.getLogger(Server.class.getName())
                            .log(System.Logger.Level.DEBUG, "A request of the embedded server failed", failed);
                    answer = Answer.trouble();
                }
            }
            if (fault.isEmpty()) {
                return answer;
            }
            return fault.get().kind() == Faults.RouteFault.Kind.SLOW
                    ? SlowBody.of(answer, fault.get().delay(), setting.pauses())
                    : CutBody.of(
                            answer, () -> connections.cut(request.recorded().getConnectionIndex()));
        }

        private MockResponse troubled(Request request, Faults.RouteFault fault) {
            switch (fault.kind()) {
                case HANG -> {
                    setting.pauses().until(() -> !setting.faults().stands(fault));
                    if (!setting.faults().stands(fault)) {
                        return answer(request);
                    }
                    connections.cut(request.recorded().getConnectionIndex()); // the server closes
                }
                case CLOSE -> connections.cut(request.recorded().getConnectionIndex());
                default -> {
                    return Answer.bytes(
                            fault.status(),
                            fault.contentType(),
                            fault.body().getBytes(java.nio.charset.StandardCharsets.UTF_8));
                }
            }
            return Answer.empty(200);
        }

        /** A browser's request from another origin: refused when the server is asked by a loopback name. */
        private boolean foreign(Request request) {
            String origin = request.headers().get("Origin");
            String host = request.headers().get("Host");
            if (origin == null || host == null) {
                return false;
            }
            String asked = host.replaceFirst(":[0-9]*$", "").toLowerCase(Locale.ROOT);
            boolean loopback = asked.equals("localhost") || asked.startsWith("127.") || asked.equals("[::1]");
            return loopback && !origin.replaceFirst("^[a-zA-Z]+://", "").equalsIgnoreCase(host);
        }

        private MockResponse socket(Request request) {
            String upgrade = request.headers().get("Upgrade");
            if (upgrade == null || !upgrade.equalsIgnoreCase("websocket")) {
                return Answer.text(
                        400,
                        "No WebSocket UPGRADE hdr: %s\n Can \"Upgrade\" only to \"WebSocket\"."
                                .formatted(upgrade == null ? "None" : upgrade));
            }
            String asked = request.query("clientId").orElse("");
            String id = asked.isEmpty() ? setting.ids().get().toString().replace("-", "") : asked;
            return new MockResponse.Builder()
                    .webSocketUpgrade(sockets.listener(
                            id, request.recorded().getConnectionIndex(), () -> greeting(id), routes.featureFlags()))
                    .build();
        }

        private List<String> greeting(String id) {
            Engine engine = routes.engine();
            JsonObject status = JsonObject.of(
                    "type",
                    "status",
                    "data",
                    Map.of(
                            "status",
                            JsonObject.of(
                                    "exec_info",
                                    JsonObject.of(
                                            "queue_remaining", engine.queue().left())),
                            "sid",
                            id));
            return engine.nodeOf(id)
                    .map(node -> List.of(
                            Sockets.text(status),
                            Sockets.text(JsonObject.of("type", "executing", "data", JsonObject.of("node", node)))))
                    .orElse(List.of(Sockets.text(status)));
        }
    }
}
