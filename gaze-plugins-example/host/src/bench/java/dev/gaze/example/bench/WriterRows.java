package dev.gaze.example.bench;

import com.sun.net.httpserver.HttpServer;
import dev.gaze.api.Gaze;
import dev.gaze.api.history.History;
import dev.gaze.api.history.HistoryMode;
import dev.gaze.api.history.HistoryNote;
import dev.gaze.api.history.HistoryQuery;
import dev.gaze.api.preset.PresetSelection;
import dev.gaze.api.writer.PromptWriter;
import dev.gaze.api.writer.WriteRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** The figures about written prompts and their history. */
final class WriterRows {
    private static final int ENTRIES = 20_000;
    private static final byte[] ANSWER =
            ("{\"model\":\"m\",\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":"
                            + "\"PROMPT: masterpiece, lighthouse, storm\\nNEGATIVE: blurry\"},\"finish_reason\":\"stop\"}]}")
                    .getBytes(StandardCharsets.UTF_8);

    private final Path work;
    private final Consumer<Row> rows;
    private volatile byte[] asked = {};
    private long found;

    WriterRows(Path work, Consumer<Row> rows) {
        this.work = work;
        this.rows = rows;
    }

    void measure() throws Exception {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // else it waits 40 ms for nothing
        ExecutorService answering = Executors.newCachedThreadPool();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(answering);
        server.createContext("/v1/chat/completions", exchange -> {
            asked = exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, ANSWER.length);
            exchange.getResponseBody().write(ANSWER);
            exchange.close();
        });
        server.start();
        String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
        try (Gaze gaze = Gaze.builder()
                .library(Files.createDirectories(work.resolve("writer")))
                .environment(Map.of("GAZE_LLM_URL", address, "GAZE_LLM_MODEL", "m", "GAZE_COMFY_URL", "embedded")::get)
                .open()) {
            write(gaze, address);
            search(gaze.history());
        } finally {
            server.stop(0);
            answering.shutdown();
        }
    }

    /** With presets looked up, the answer read, and the prompt written into the history for good. */
    private void write(Gaze gaze, String address) throws Exception {
        PromptWriter writer = gaze.writer().build();
        WriteRequest request = WriteRequest.of("a lighthouse")
                .target("sdxl")
                .presets(PresetSelection.Hierarchical.in("photography")
                        .type("wildlife")
                        .universal("time", "dawn"));
        writer.write(request);
        OkHttpClient bare = new OkHttpClient();
        Request post = new Request.Builder()
                .url(address + "/chat/completions")
                .post(RequestBody.create(asked, MediaType.get("application/json")))
                .build();
        try (Commits commits = new Commits(work)) {
            rows.accept(Pairs.of(
                            100,
                            200,
                            () -> Pairs.millis(() -> writer.write(request)),
                            () -> Pairs.millis(() -> {
                                post(bare, post);
                                commits.commit();
                            }))
                    .atMost("write a prompt, instant model / bare POST + 1 commit", 5));
        } finally {
            bare.dispatcher().executorService().shutdown();
            bare.connectionPool().evictAll();
        }
    }

    private static void post(OkHttpClient client, Request request) throws IOException {
        try (Response response = client.newCall(request).execute()) {
            response.body().bytes();
        }
    }

    private void search(History history) throws Exception {
        Random random = new Random(5);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < ENTRIES; i++) {
            String input = words(random, 8);
            String output = words(random, 60);
            history.add(HistoryNote.of(HistoryMode.ONESHOT, input, output, "sdxl"));
            texts.add(0, input + "\n" + output);
        }
        rows.accept(Pairs.of(
                        20,
                        30,
                        () -> {
                            // something new, since a database may remember what it answered last
                            history.add(HistoryNote.of(HistoryMode.ONESHOT, "new", "new", "sdxl"));
                            return Pairs.millis(() -> history.list(HistoryQuery.NEWEST));
                        },
                        () -> Pairs.millis(() -> found += scan(texts, "")))
                .atMost("newest 50 of 20,000 entries / a look at each in memory", 1));
        rows.accept(Pairs.of(
                        10,
                        20,
                        () -> {
                            HistoryQuery query = HistoryQuery.NEWEST.containing(part(texts, random));
                            return Pairs.millis(
                                    () -> found += history.list(query).total());
                        },
                        () -> {
                            String text = part(texts, random);
                            return Pairs.millis(() -> found += scan(texts, text));
                        })
                .atMost("literal search of 20,000 entries / a look into each in memory", 5));
        if (found == 0) {
            throw new IllegalStateException("Nothing was found"); // keeps the reference from being optimised away
        }
    }

    private static String part(List<String> texts, Random random) {
        return texts.get(random.nextInt(ENTRIES)).substring(60, 90);
    }

    private static int scan(List<String> texts, String text) {
        int found = 0;
        for (String one : texts) {
            found += one.toLowerCase(Locale.ROOT).contains(text) ? 1 : 0;
        }
        return found;
    }

    private static String words(Random random, int count) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < count; i++) {
            words.append(Integer.toString(random.nextInt(36 * 36 * 36 * 36), 36))
                    .append(i % 5 == 4 ? ", " : " ");
        }
        return words.toString().strip();
    }
}
