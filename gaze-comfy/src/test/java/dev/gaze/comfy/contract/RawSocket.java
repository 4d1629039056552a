package dev.gaze.comfy.contract;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonNull;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** A WebSocket whose frames wait in line until a test takes them. */
final class RawSocket extends WebSocketListener implements AutoCloseable {
    private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private final WebSocket socket;
    private final long limitSeconds;

    /** A frame: text as JSON, or bytes. */
    record Frame(JsonObject json, @Nullable ByteString bytes) {
        String type() {
            return bytes == null ? json.text("type").orElse("") : "binary " + event();
        }

        JsonObject data() {
            return json.object("data");
        }

        int event() {
            return bytes == null ? 0 : bytes.asByteBuffer().getInt(0);
        }

        int number(int at) {
            return bytes == null ? 0 : bytes.asByteBuffer().getInt(at);
        }

        boolean isEnd(String promptId) {
            return type().equals("executing")
                    && data().get("node").filter(JsonNull.NULL::equals).isPresent()
                    && data().get("prompt_id").equals(java.util.Optional.of(new JsonText(promptId)));
        }

        /** One word for the frame, with the node where it has one: {@code executing 3}, {@code status}. */
        String brief() {
            return type()
                    + data().get("node")
                            .map(node -> " " + (node instanceof JsonText text ? text.value() : "null"))
                            .orElse("");
        }
    }

    RawSocket(OkHttpClient http, Request request, long limitSeconds) {
        this.limitSeconds = limitSeconds;
        socket = http.newWebSocket(request, this);
    }

    @Override
    public void onMessage(WebSocket webSocket, String text) {
        frames.add(new Frame(
                Json.object(
                        text.getBytes(java.nio.charset.StandardCharsets.UTF_8), dev.gaze.api.json.JsonLimits.ANSWER),
                null));
    }

    @Override
    public void onMessage(WebSocket webSocket, ByteString bytes) {
        frames.add(new Frame(JsonObject.empty(), bytes));
    }

    @Override
    public void onClosing(WebSocket webSocket, int code, String reason) {
        webSocket.close(1000, null);
        ended.complete("closed " + code);
    }

    @Override
    public void onFailure(WebSocket webSocket, Throwable failure, @Nullable Response response) {
        ended.complete("failed");
    }

    void send(String text) {
        socket.send(text);
    }

    /** The next frame. */
    Frame next() {
        try {
            Frame frame = frames.poll(limitSeconds, TimeUnit.SECONDS);
            if (frame == null) {
                throw new AssertionError("No frame came within " + limitSeconds + " s");
            }
            return frame;
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    /** All frames up to and with the first that fits. */
    List<Frame> until(Predicate<Frame> last) {
        List<Frame> all = new ArrayList<>();
        do {
            all.add(next());
        } while (!last.test(all.get(all.size() - 1)));
        return all;
    }

    List<Frame> untilEnd(String promptId) {
        return until(frame -> frame.isEnd(promptId));
    }

    /** How the server ended the connection. */
    String awaitEnd() {
        try {
            return ended.get(limitSeconds, TimeUnit.SECONDS);
        } catch (Exception late) {
            throw new AssertionError("The socket is still open", late);
        }
    }

    /** Frames that came and were not taken. */
    List<Frame> left() {
        List<Frame> all = new ArrayList<>();
        frames.drainTo(all);
        return all;
    }

    boolean isOpen() {
        return !ended.isDone();
    }

    /** Closes and waits for the server to agree: it forgets the client id when it sees a socket of that id end. */
    @Override
    public void close() {
        socket.close(1000, null);
        awaitEnd();
    }

    /** Ends the connection without a close frame. */
    void cut() {
        socket.cancel();
    }
}
