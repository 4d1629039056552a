package dev.gaze.comfy.embedded.wire;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonBoolean;
import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.GazeException;
import dev.gaze.comfy.embedded.fault.Faults;
import dev.gaze.comfy.embedded.fault.Pauses;
import dev.gaze.comfy.embedded.run.Audience;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.Buffer;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The open WebSockets. A client id knows one socket, the newest; when <em>any</em> socket of that id closes the server
 * forgets the id, and a newer one stays open and hears nothing any more, as in ComfyUI. Safe for use by several threads.
 */
final class Sockets implements Audience {
    private static final int PREVIEW = 1;
    private static final int PREVIEW_WITH_METADATA = 4;

    private final FrameCarrier carrier;
    private final AcceptedSockets connections;
    private final Map<String, WebSocket> byId = new LinkedHashMap<>();
    private final Map<String, JsonObject> features = new LinkedHashMap<>();
    private final Set<Integer> open = new LinkedHashSet<>();
    private final Pauses pauses;
    private volatile int count;

    Sockets(Faults faults, Pauses pauses, AcceptedSockets connections) {
        carrier = new FrameCarrier(faults, pauses);
        this.pauses = pauses;
        this.connections = connections;
    }

    /** What a new socket hears first. */
    interface Greeting {
        /** The frames for that client id, in order. */
        List<String> frames();
    }

    /** The listener of one connection. */
    WebSocketListener listener(String id, int connection, Greeting greeting, JsonObject ourFeatures) {
        return new WebSocketListener() {
            private boolean first = true;

            @Override
            public void onOpen(WebSocket socket, Response response) {
                synchronized (Sockets.this) {
                    byId.put(id, socket);
                    features.put(id, JsonObject.empty());
                    open.add(connection);
                    greeting.frames().forEach(frame -> carrier.greet(() -> socket.send(frame)));
                    count = open.size();
                }
                pauses.wake();
            }

            @Override
            public void onMessage(WebSocket socket, String text) {
                boolean mayIntroduceItself = first;
                first = false;
                JsonObject message = read(text);
                if (mayIntroduceItself && message.text("type").orElse("").equals("feature_flags")) {
                    synchronized (Sockets.this) {
                        features.computeIfPresent(id, (key, none) -> message.object("data"));
                    }
                    String answer = text(JsonObject.of("type", "feature_flags", "data", ourFeatures));
                    carrier.greet(() -> socket.send(answer));
                }
            }

            @Override
            public void onClosing(WebSocket socket, int code, String reason) {
                gone();
                socket.close(code == 1005 ? 1000 : code, null);
            }

            @Override
            public void onFailure(WebSocket socket, Throwable failure, @Nullable Response response) {
                gone();
            }

            private void gone() {
                synchronized (Sockets.this) {
                    byId.remove(id);
                    features.remove(id);
                    open.remove(connection);
                    count = open.size();
                }
                pauses.wake();
            }
        };
    }

    private static JsonObject read(String text) {
        try {
            return Json.read(text.getBytes(StandardCharsets.UTF_8), JsonLimits.FILE) instanceof JsonObject object
                    ? object
                    : JsonObject.empty();
        } catch (GazeException notJson) {
            return JsonObject.empty(); // ComfyUI only logs it
        }
    }

    @Override
    public synchronized void tell(@Nullable String client, String frame) {
        listeners(client).forEach(socket -> carrier.bring(socket, () -> socket.send(frame)));
    }

    @Override
    public synchronized boolean wantsMetadata(@Nullable String client) {
        return client != null
                && features.getOrDefault(client, JsonObject.empty())
                        .get("supports_preview_metadata")
                        .filter(JsonBoolean.TRUE::equals)
                        .isPresent();
    }

    @Override
    public synchronized void show(@Nullable String client, @Nullable JsonObject metadata, int imageType, byte[] image) {
        Buffer frame = new Buffer();
        if (metadata == null) {
            frame.writeInt(PREVIEW).writeInt(imageType);
        } else {
            byte[] about = Json.compact(metadata);
            frame.writeInt(PREVIEW_WITH_METADATA).writeInt(about.length).write(about);
        }
        ByteString bytes = frame.write(image).readByteString();
        listeners(client).forEach(socket -> carrier.bring(socket, () -> socket.send(bytes)));
    }

    private Collection<WebSocket> listeners(@Nullable String client) {
        if (client == null) {
            return byId.values();
        }
        WebSocket socket = byId.get(client);
        return socket == null ? List.of() : List.of(socket);
    }

    /** How many sockets are open, deaf ones included. */
    int count() {
        return count;
    }

    /** Cuts every socket without a close frame. */
    void cutAll() {
        List<Integer> all;
        synchronized (this) {
            all = new ArrayList<>(open);
        }
        all.forEach(connections::cut);
    }

    static String text(JsonObject frame) {
        return new String(Json.compact(frame), StandardCharsets.UTF_8);
    }
}
