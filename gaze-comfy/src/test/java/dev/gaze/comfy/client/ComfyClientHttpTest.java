package dev.gaze.comfy.client;

import static dev.gaze.comfy.client.ScriptedComfy.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gaze.api.backend.ServerSettings;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.testkit.ManualTime;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client makes of servers that are away, broken, hostile or not ComfyUI at all. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ComfyClientHttpTest {
    private static final OutputFile FILE = new OutputFile("9", "images", "a.png", "", "output");

    private final ManualTime time = new ManualTime();
    private final ScriptedComfy server = new ScriptedComfy();
    private ComfyClient client = new ComfyClient(server.settings(), time, Runnable::run);

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private void use(ServerSettings settings) {
        client.close();
        client = new ComfyClient(settings, time, Runnable::run);
    }

    private static void fails(ThrowingCallable call, Kind kind, Consumer<ComfyException> more) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ComfyException.class, failure -> {
            assertThat(failure.kind()).isEqualTo(kind);
            more.accept(failure);
        });
    }

    // ---- away

    @Test
    @Tag("G2")
    void a_server_that_is_down_is_named_with_the_ways_to_start_or_configure_one() {
        server.close();

        fails(client::queue, Kind.UNAVAILABLE, failure -> {
            assertThat(failure.retryable()).isTrue();
            assertThat(failure.error()).isEqualTo(new ComfyError.Unreachable("nobody listens there"));
            assertThat(failure)
                    .hasMessageContaining(server.address().toString())
                    .hasMessageContaining("GAZE_COMFY_URL")
                    .hasMessageContaining("gaze.json")
                    .hasMessageContaining("builder().embedded()");
        });
        fails(
                () -> client.run(UUID.randomUUID(), JsonObject.empty(), JsonObject.empty(), event -> {}),
                Kind.UNAVAILABLE,
                failure -> assertThat(failure).hasMessageContaining("nobody listens there"));
    }

    @Test
    void an_unknown_host_is_said_so() {
        use(ServerSettings.of(URI.create("http://no-such-host.invalid:8188")));

        fails(client::queue, Kind.UNAVAILABLE, failure -> assertThat(failure).hasMessageContaining("host name"));
    }

    @Test
    void a_server_that_accepts_and_never_answers_fails_when_the_limit_has_passed_on_our_time() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            use(ServerSettings.of(URI.create("http://127.0.0.1:" + mute.getLocalPort())));
            CompletableFuture<QueueState> answer = CompletableFuture.supplyAsync(client::queue);
            try (Socket accepted = mute.accept()) {
                assertThat(accepted.getInputStream().read())
                        .as("the request is under way")
                        .isEqualTo('G');
                time.advance(Duration.ofSeconds(59));
                assertThat(answer).isNotDone();
                time.advance(Duration.ofSeconds(1));

                assertLate(answer);
            }
        }
    }

    private static void assertLate(CompletableFuture<?> answer) {
        assertThatThrownBy(() -> answer.get(ScriptedComfy.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(ComfyException.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
                    assertThat(failure).hasMessageContaining("no whole answer within 60.0 s");
                });
    }

    @Test
    void an_answer_that_comes_in_drops_does_not_outlive_the_limit() {
        CountDownLatch began = new CountDownLatch(1);
        server.script("GET /queue", request -> {
            began.countDown();
            return new MockResponse.Builder()
                    .addHeader("Content-Type", "application/json")
                    .body("{\"queue_running\": [], \"queue_pending\": []}")
                    .throttleBody(1, 1, TimeUnit.HOURS)
                    .build();
        });
        CompletableFuture<QueueState> answer = CompletableFuture.supplyAsync(client::queue);
        await().atMost(ScriptedComfy.PATIENCE).until(() -> began.getCount() == 0);

        time.advance(Duration.ofSeconds(59));
        assertThat(answer).isNotDone();
        time.advance(Duration.ofSeconds(1));

        assertLate(answer);
    }

    @Test
    void a_call_after_closing_ends_at_once_though_the_server_says_nothing() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            use(ServerSettings.of(URI.create("http://127.0.0.1:" + mute.getLocalPort())));
            client.close();

            assertThatThrownBy(client::queue)
                    .isInstanceOfSatisfying(
                            GazeException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(Kind.CANCELLED))
                    .hasMessageContaining("closed here");
        }
    }

    @Test
    void closing_the_client_ends_calls_under_way_and_says_so() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            use(ServerSettings.of(URI.create("http://127.0.0.1:" + mute.getLocalPort())));
            CompletableFuture<QueueState> answer = CompletableFuture.supplyAsync(client::queue);
            try (Socket accepted = mute.accept()) {
                accepted.getInputStream().read();
                client.close();

                assertThatThrownBy(answer::get)
                        .cause()
                        .isInstanceOfSatisfying(
                                GazeException.class,
                                failure -> assertThat(failure.kind()).isEqualTo(Kind.CANCELLED));
            }
        }
        assertThatThrownBy(client::queue).isInstanceOf(GazeException.class);
    }

    // ---- broken

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"500, FAILED", "501, FAILED", "502, UNAVAILABLE", "503, UNAVAILABLE", "504, UNAVAILABLE"})
    void a_server_that_fails_is_told_from_one_that_is_away(int status, Kind kind) {
        server.script("GET /queue", request -> text(status, "text/plain; charset=utf-8", "500 Internal Server Error"));

        fails(client::queue, kind, failure -> {
            assertThat(failure.error()).isEqualTo(new ComfyError.ServerFailed(status, "GET /queue"));
            assertThat(failure).hasMessageContaining("status " + status);
        });
    }

    @Test
    void a_web_page_in_place_of_an_answer_is_said_to_be_one() {
        server.script("GET /queue", request -> text(200, "text/html", "<html>Please log in</html>"));
        fails(client::queue, Kind.FAILED, failure -> {
            assertThat(failure.error()).isEqualTo(new ComfyError.NotComfy("GET /queue", "a web page"));
            assertThat(failure).hasMessageContaining("login page").hasMessageContaining("base path");
        });

        server.script("GET /view", request -> text(200, "text/html; charset=utf-8", "<html>Please log in</html>"));
        fails(() -> client.view(FILE), Kind.FAILED, failure -> {});

        server.script("POST /prompt", request -> text(400, "text/html", "<html>no</html>"));
        fails(
                () -> client.run(UUID.randomUUID(), JsonObject.empty(), JsonObject.empty(), event -> {}),
                Kind.INVALID,
                failure -> assertThat(failure.error()).isInstanceOf(ComfyError.Refused.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "nope", "{\"queue_running\": ["})
    void an_answer_that_is_no_json_is_said_so(String body) {
        server.script("GET /queue", request -> text(200, "application/json", body));

        fails(
                client::queue,
                Kind.FAILED,
                failure -> assertThat(failure.error()).isEqualTo(new ComfyError.NotComfy("GET /queue", "no JSON")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "3", "\"x\""})
    void json_of_another_shape_is_no_answer_of_comfyui(String body) {
        server.script("GET /queue", request -> text(200, "application/json", body));

        fails(client::queue, Kind.FAILED, failure -> assertThat(failure).hasMessageContaining("another shape"));
    }

    @Test
    void an_answer_that_is_cut_short_is_told_from_a_wrong_one_and_may_be_asked_again() {
        server.script(
                "GET /queue",
                request -> new MockResponse.Builder()
                        .addHeader("Content-Type", "application/json")
                        .body("{\"queue_running\": [], \"queue_pending\": [" + " ".repeat(5000) + "]}")
                        .onResponseBody(new SocketEffect.CloseSocket())
                        .build());

        fails(
                client::queue,
                Kind.UNAVAILABLE,
                failure -> assertThat(failure.retryable()).isTrue());
    }

    @Test
    void json_beyond_the_limit_is_refused_before_it_fills_the_memory() {
        server.script(
                "GET /queue",
                request -> new MockResponse.Builder()
                        .addHeader("Content-Type", "application/json")
                        .addHeader("Content-Length", "99000000000")
                        .onResponseBody(new SocketEffect.CloseSocket())
                        .build());

        fails(
                client::queue,
                Kind.REFUSED,
                failure -> assertThat(failure.error()).isEqualTo(new ComfyError.TooLarge("GET /queue", 64_000_000)));
    }

    // ---- images

    @Test
    void an_image_over_the_limit_is_refused_whether_or_not_its_length_is_told() {
        ServerSettings.Limits usual = ServerSettings.Limits.DEFAULT;
        use(server.settings()
                .withLimits(new ServerSettings.Limits(
                        usual.connect(), usual.answer(), usual.queued(), usual.running(), usual.silence(), 1000)));
        server.script("GET /view", request -> image(new byte[1001], true));
        fails(
                () -> client.view(FILE),
                Kind.REFUSED,
                failure -> assertThat(failure).hasMessageContaining("1000 bytes"));
        server.script("GET /view", request -> image(new byte[1001], false));
        fails(() -> client.view(FILE), Kind.REFUSED, failure -> {});
        server.script("GET /view", request -> image(new byte[1000], false));
        assertThat(client.view(FILE)).hasSize(1000);
    }

    private static MockResponse image(byte[] bytes, boolean lengthTold) {
        Buffer body = new Buffer().write(bytes);
        MockResponse.Builder image = new MockResponse.Builder().addHeader("Content-Type", "image/png");
        return (lengthTold ? image.body(body) : image.chunkedBody(body, 100)).build();
    }

    @Test
    void a_png_without_its_end_is_cut_short_even_when_the_transfer_was_whole() {
        byte[] png = PngEndTest.png(3);
        server.script("GET /view", request -> image(png, true));
        assertThat(client.view(FILE)).isEqualTo(png);

        byte[] torn = java.util.Arrays.copyOf(png, png.length - 5);
        server.script("GET /view", request -> image(torn, false));
        fails(
                () -> client.view(FILE),
                Kind.UNAVAILABLE,
                failure -> assertThat(failure)
                        .hasMessageContaining("image a.png (output)")
                        .hasMessageContaining("ended too early"));
    }

    @Test
    void an_image_that_is_gone_is_not_found() {
        server.script("GET /view", request -> text(404, "application/octet-stream", ""));

        fails(
                () -> client.view(FILE),
                Kind.NOT_FOUND,
                failure -> assertThat(failure).hasMessageContaining("404"));
    }

    @Test
    void an_interrupted_thread_stops_waiting_and_stays_interrupted() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            use(ServerSettings.of(URI.create("http://127.0.0.1:" + mute.getLocalPort())));
            CompletableFuture<Object> seen = new CompletableFuture<>();
            Thread caller = new Thread(() -> {
                try {
                    seen.complete(client.queue());
                } catch (GazeException failure) {
                    seen.complete(failure.kind() + " " + Thread.currentThread().isInterrupted());
                }
            });
            caller.start();
            try (Socket accepted = mute.accept()) {
                accepted.getInputStream().read();
                caller.interrupt();
                accepted.close(); // a blocking read notices the interruption when it ends for any reason
                assertThat(seen.get()).isEqualTo("CANCELLED true");
            }
        }
    }
}
