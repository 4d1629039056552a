package dev.gaze.comfy.contract;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Plain HTTP and WebSocket to one server. */
final class RawComfy implements AutoCloseable {
    private static final MediaType JSON = MediaType.get("application/json");

    private final OkHttpClient http;
    private final String address;
    private final long limitSeconds;

    RawComfy(URI address, long limitSeconds) {
        this.address = address.toString();
        this.limitSeconds = limitSeconds;
        http = new OkHttpClient.Builder()
                .protocols(List.of(Protocol.HTTP_1_1))
                .readTimeout(Duration.ofSeconds(limitSeconds))
                .build();
    }

    Reply get(String path) {
        return send("GET", path, null, Map.of());
    }

    Reply post(String path, @Nullable JsonValue body) {
        return send("POST", path, body == null ? new byte[0] : Json.compact(body), Map.of());
    }

    Reply post(String path, String body) {
        return send("POST", path, body.getBytes(java.nio.charset.StandardCharsets.UTF_8), Map.of());
    }

    Reply send(String method, String path, byte @Nullable [] body, Map<String, String> headers) {
        Request.Builder request = new Request.Builder().url(address + path);
        headers.forEach(request::header);
        request.method(method, body == null ? null : RequestBody.create(body, JSON));
        return send(request.build());
    }

    Reply upload(String path, MultipartBody body) {
        return send(new Request.Builder().url(address + path).post(body).build());
    }

    private Reply send(Request request) {
        try (Response response = http.newCall(request).execute()) {
            return new Reply(
                    response.code(), response.headers(), response.body().bytes());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Opens a socket and takes the first {@code status}. */
    RawSocket socket(String clientId) {
        RawSocket socket = rawSocket("/ws?clientId=" + clientId);
        socket.until(frame ->
                frame.type().equals("status") && frame.data().get("sid").isPresent());
        return socket;
    }

    RawSocket rawSocket(String path) {
        return new RawSocket(http, new Request.Builder().url(address + path).build(), limitSeconds);
    }

    /** Posts a graph and expects it to be accepted; returns the prompt id. */
    String submit(JsonObject graph, @Nullable String clientId) {
        Reply reply = prompt(graph, clientId);
        if (reply.status() != 200) {
            throw new AssertionError(reply.status() + " " + reply.text());
        }
        return reply.object().text("prompt_id").orElseThrow();
    }

    Reply prompt(JsonObject graph, @Nullable String clientId, Object... more) {
        JsonObject body = JsonObject.of("prompt", graph);
        if (clientId != null) {
            body = body.with("client_id", JsonValue.of(clientId));
        }
        for (int i = 0; i < more.length; i += 2) {
            body = body.with((String) more[i], JsonValue.of(more[i + 1]));
        }
        return post("/prompt", body);
    }

    /** Submits and waits for the end, on a socket of its own; returns the history entry. */
    JsonObject run(JsonObject graph) {
        String client = UUID.randomUUID().toString();
        try (RawSocket socket = socket(client)) {
            String id = submit(graph, client);
            socket.untilEnd(id);
            return history(id);
        }
    }

    JsonObject history(String id) {
        return get("/history/" + id).object().object(id);
    }

    @Override
    public void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
