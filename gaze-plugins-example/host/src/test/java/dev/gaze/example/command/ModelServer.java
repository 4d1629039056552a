package dev.gaze.example.command;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gaze.api.json.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A language model inside a test: it streams what it was told to say, one answer a question. */
final class ModelServer implements AutoCloseable {
    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final CountDownLatch left = new CountDownLatch(1);

    /** One answer. */
    @FunctionalInterface
    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    ModelServer() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/v1/chat/completions", exchange -> {
            asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            try (exchange) {
                answers.remove().to(exchange);
            }
        });
        http.createContext("/v1/models", exchange -> {
            try (exchange) {
                byte[] body = "{\"data\":[{\"id\":\"other:7b\"},{\"id\":\"stub\"}]}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        http.setExecutor(threads);
        http.start();
    }

    /** What names this server and its model. */
    Map<String, String> environment() {
        return Map.of(
                "GAZE_LLM_URL",
                "http://127.0.0.1:" + http.getAddress().getPort() + "/v1",
                "GAZE_LLM_MODEL",
                "stub",
                "GAZE_LLM_KEY",
                "s3cret-key");
    }

    /** The bodies of all questions so far. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    /** The next answer: words, piece by piece. */
    ModelServer says(String... pieces) {
        return streams(
                "stop",
                List.of(pieces).stream()
                        .map(piece -> "{\"content\":" + new JsonText(piece) + "}")
                        .toList());
    }

    /** The next answer: a call of a tool. */
    ModelServer calls(String tool, String arguments) {
        return streams(
                "tool_calls",
                List.of(
                        "{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":%s,\"arguments\":%s}}]}"
                                .formatted(new JsonText(tool), new JsonText(arguments))));
    }

    /** The next answer: a refusal that repeats the key. */
    ModelServer refuses() {
        return answers(401, "s3cret-key is not known");
    }

    /** The next answer: an error that may pass. */
    ModelServer stumbles() {
        return answers(500, "out of breath");
    }

    private ModelServer answers(int status, String message) {
        answers.add(exchange -> {
            byte[] body = "{\"error\":{\"message\":\"%s\"}}".formatted(message).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        });
        return this;
    }

    /** The next answer: words without end, until whoever listens leaves. */
    ModelServer talksOn() {
        answers.add(exchange -> {
            OutputStream body = begin(exchange);
            try {
                while (true) {
                    event(body, "{\"content\":\"and \"}");
                }
            } catch (IOException gone) {
                left.countDown();
            }
        });
        return this;
    }

    /** Told when whoever listened to {@link #talksOn} has left. */
    CountDownLatch left() {
        return left;
    }

    private ModelServer streams(String finish, List<String> deltas) {
        answers.add(exchange -> {
            try (OutputStream body = begin(exchange)) {
                for (String delta : deltas) {
                    event(body, delta);
                }
                write(body, "{\"choices\":[{\"delta\":{},\"finish_reason\":\"" + finish + "\"}]}");
                write(body, "[DONE]");
            }
        });
        return this;
    }

    private static OutputStream begin(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        return exchange.getResponseBody();
    }

    private static void event(OutputStream body, String delta) throws IOException {
        write(body, "{\"model\":\"stub\",\"choices\":[{\"delta\":" + delta + "}]}");
    }

    private static void write(OutputStream body, String data) throws IOException {
        body.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        body.flush();
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
