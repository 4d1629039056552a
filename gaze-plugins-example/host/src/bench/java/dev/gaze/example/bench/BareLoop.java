package dev.gaze.example.bench;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What somebody in a hurry writes: POST, wait for {@code executing null} on the socket, GET the file. It believes every
 * frame, recovers from nothing and is as fast as OkHttp and Jackson allow.
 */
final class BareLoop implements AutoCloseable {
    private static final MediaType JSON = MediaType.get("application/json");

    private final OkHttpClient http = new OkHttpClient();
    private final JsonMapper mapper = new JsonMapper();
    private final String client = UUID.randomUUID().toString();
    private final Map<String, BlockingQueue<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final HttpUrl server;
    private final WebSocket socket;

    BareLoop(URI address) {
        server = HttpUrl.get(address);
        Request request = new Request.Builder()
                .url(server.newBuilder()
                        .addPathSegment("ws")
                        .addQueryParameter("clientId", client)
                        .build())
                .build();
        socket = http.newWebSocket(request, new WebSocketListener() {
            @Override
            public void onMessage(WebSocket webSocket, String text) {
                JsonNode frame = mapper.readTree(text);
                BlockingQueue<JsonNode> frames =
                        waiting.get(frame.path("data").path("prompt_id").asString(""));
                if (frames != null) {
                    frames.add(frame);
                }
            }
        });
    }

    /** Runs a graph and gives the bytes of its image. */
    byte[] run(String graph) throws IOException, InterruptedException {
        String prompt = UUID.randomUUID().toString();
        BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
        waiting.put(prompt, frames);
        try {
            ObjectNode body = mapper.createObjectNode();
            body.put("client_id", client);
            body.put("prompt_id", prompt);
            body.set("prompt", mapper.readTree(graph));
            fetch(new Request.Builder()
                    .url(server.newBuilder().addPathSegment("prompt").build())
                    .post(RequestBody.create(mapper.writeValueAsBytes(body), JSON))
                    .build());
            JsonNode image = image(frames);
            return fetch(new Request.Builder()
                    .url(server.newBuilder()
                            .addPathSegment("view")
                            .addQueryParameter(
                                    "filename", image.path("filename").asString())
                            .addQueryParameter(
                                    "subfolder", image.path("subfolder").asString())
                            .addQueryParameter("type", image.path("type").asString())
                            .build())
                    .build());
        } finally {
            waiting.remove(prompt);
        }
    }

    private static JsonNode image(BlockingQueue<JsonNode> frames) throws IOException, InterruptedException {
        JsonNode image = null;
        while (true) {
            JsonNode frame = frames.poll(30, TimeUnit.SECONDS);
            if (frame == null) {
                throw new IOException("No end within 30 s");
            }
            String type = frame.path("type").asString();
            if (type.equals("executed")) {
                image = frame.path("data").path("output").path("images").path(0);
            } else if (type.equals("executing")
                    && frame.path("data").path("node").isNull()) {
                if (image == null) {
                    throw new IOException("The graph made no image");
                }
                return image;
            }
        }
    }

    private byte[] fetch(Request request) throws IOException {
        try (Response response = http.newCall(request).execute()) {
            if (!response.isSuccessful()) {
                throw new IOException(request.url() + " answered " + response.code() + " "
                        + response.body().string());
            }
            return response.body().bytes();
        }
    }

    @Override
    public void close() {
        socket.close(1000, null);
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
