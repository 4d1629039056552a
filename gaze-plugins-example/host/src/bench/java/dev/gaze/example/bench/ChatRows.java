package dev.gaze.example.bench;

import dev.gaze.api.chat.ChatCall;
import dev.gaze.api.chat.ChatEvent;
import dev.gaze.api.chat.ChatReply;
import dev.gaze.api.chat.ChatRequest;
import dev.gaze.api.chat.ChatSettings;
import dev.gaze.api.chat.ChatTool;
import dev.gaze.api.chat.Llm;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.time.SystemTime;
import dev.gaze.llm.loop.ToolLoop;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** The figures about conversations: what the loop of tools costs, and how fast a stream that nobody wants is let go. */
final class ChatRows {
    private static final int PAIRS = 500;
    private static final int ROUNDS = StubModel.CALLS + 1;
    private static final MediaType JSON = MediaType.get("application/json");

    private final Consumer<Row> rows;

    ChatRows(Consumer<Row> rows) {
        this.rows = rows;
    }

    void measure() throws Exception {
        try (StubModel model = new StubModel();
                SystemTime time = new SystemTime();
                Llm llm = new ToolLoop(ChatSettings.openAi(model.url(), "stub", null), time)) {
            rounds(model, llm);
            cancelling(model, llm);
        }
    }

    // Rounds ---------------------------------------------------------------------------------------------------------

    /** A tool that has its answer at hand, as it stands in a catalogue. */
    private record AtHand(JsonObject parameters, JsonValue answer) implements ChatTool {
        @Override
        public String id() {
            return "search_tags";
        }

        @Override
        public String description() {
            return "Finds tags the image model was trained on by the beginning of their name.";
        }

        @Override
        public JsonValue run(JsonObject arguments) {
            return answer;
        }
    }

    private void rounds(StubModel model, Llm llm) throws Exception {
        ChatRequest request = ChatRequest.of("Tags for a knight in the rain, please.")
                .withSystem("You answer with Danbooru tags. Look every tag up before you use it.")
                .withTools(new AtHand(Json.object("""
                        {"type": "object", "required": ["query"], "properties": {
                          "query": {"type": "string"}, "limit": {"type": "integer", "minimum": 1, "maximum": 100}}}
                        """), Json.object("""
                        {"tags": [{"name": "rain", "category": 0, "category_name": "general", "count": 34567}]}
                        """)));
        model.record(true);
        requireDone(llm.complete(request));
        model.record(false);
        List<String> questions = List.copyOf(model.bodies());
        OkHttpClient bare = new OkHttpClient();
        try {
            rows.accept(Pairs.of(
                            2000,
                            PAIRS,
                            () -> Pairs.millis(() -> requireDone(llm.complete(request))) / ROUNDS,
                            () -> Pairs.millis(() -> post(bare, model.url(), questions)) / ROUNDS)
                    .atMost("a round of the tool loop / bare OkHttp POST of the same bytes", 1.5));
        } finally {
            bare.connectionPool().evictAll();
        }
    }

    private static void requireDone(ChatReply reply) {
        if (!reply.text().equals("Done.") || reply.messages().size() != 2 * StubModel.CALLS + 1) {
            throw new IllegalStateException("The conversation took another way: " + reply.messages());
        }
    }

    private static void post(OkHttpClient http, String url, List<String> questions) throws Exception {
        for (String question : questions) {
            Request request = new Request.Builder()
                    .url(url + "/chat/completions")
                    .post(RequestBody.create(question, JSON))
                    .build();
            try (Response response = http.newCall(request).execute()) {
                if (response.body().string().isEmpty()) {
                    throw new IllegalStateException("The model said nothing");
                }
            }
        }
    }

    // Cancelling -----------------------------------------------------------------------------------------------------

    private void cancelling(StubModel model, Llm llm) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), model.port())) {
            socket.setTcpNoDelay(true);
            BufferedReader back = new BufferedReader(new InputStreamReader(socket.getInputStream()));
            OutputStream there = socket.getOutputStream();
            byte[] ping = "ping\n".getBytes(StandardCharsets.UTF_8);
            rows.accept(Pairs.of(
                            200,
                            PAIRS,
                            () -> cancel(model, llm),
                            () -> Pairs.millis(() -> {
                                there.write(ping);
                                back.readLine();
                            }))
                    .atMost("cancel a stream: call to socket closed / one loopback round trip", 20));
        }
    }

    /** Milliseconds from the call of {@code cancel} until the server sees the connection closed. */
    private static double cancel(StubModel model, Llm llm) throws Exception {
        CountDownLatch speaking = new CountDownLatch(1);
        ChatCall call = llm.stream(ChatRequest.of("Talk."), event -> {
            if (event instanceof ChatEvent.Token) {
                speaking.countDown();
            }
        });
        speaking.await();
        long start = System.nanoTime();
        call.cancel();
        Long seen = model.left().poll(10, TimeUnit.SECONDS);
        if (seen == null) {
            throw new IllegalStateException("The connection was not closed");
        }
        return (seen - start) / 1e6;
    }
}
