package dev.gaze.comfy.client;

import static dev.gaze.comfy.client.ScriptedComfy.json;
import static dev.gaze.comfy.client.ScriptedComfy.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.backend.ServerSettings;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.testkit.ManualTime;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import mockwebserver3.MockResponse;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where requests go and what they carry: base paths, credentials, headers; never further than they should. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ComfyClientAddressTest {
    private static final String SECRET = "s3cr3t-t0ken";

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

    @ParameterizedTest
    @ValueSource(strings = {"/comfy/", "/comfy", "/a/b"})
    @Tag("G2")
    void a_base_path_stands_before_every_path(String base) throws Exception {
        String path = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        server.script("GET " + path + "/queue", request -> json(200, JsonObject.of("queue_running", JsonArray.of())));
        server.script("GET " + path + "/ws", request -> server.line(request, true));
        server.script("POST " + path + "/prompt", request -> text(400, "application/json", "{\"error\": \"no\"}"));
        use(ServerSettings.of(URI.create(server.address() + base)));

        assertThat(client.queue().running()).isEmpty();
        fails(
                () -> client.run(UUID.randomUUID(), JsonObject.empty(), JsonObject.empty(), event -> {}),
                Kind.INVALID,
                failure -> assertThat(failure).hasMessageContaining(server.address() + path));
        assertThat(server.nextLine().client).isNotBlank();
    }

    @Test
    void credentials_and_headers_go_with_every_request_and_the_socket() throws Exception {
        use(new ServerSettings(
                "mine", server.address(), Map.of("X-Api-Key", SECRET), "anna", "pä55", ServerSettings.Limits.DEFAULT));
        client.run(UUID.randomUUID(), JsonObject.empty(), JsonObject.empty(), event -> {});
        client.queue();

        assertThat(server.asked).hasSize(3).allSatisfy(request -> {
            assertThat(request.getHeaders().get("X-Api-Key")).isEqualTo(SECRET);
            assertThat(request.getHeaders().get("Authorization"))
                    .isEqualTo("Basic "
                            + java.util.Base64.getEncoder()
                                    .encodeToString("anna:pä55".getBytes(StandardCharsets.UTF_8)));
        });
    }

    @Test
    void a_secret_without_a_user_is_a_bearer_token() {
        use(new ServerSettings("mine", server.address(), Map.of(), null, SECRET, ServerSettings.Limits.DEFAULT));
        client.queue();

        assertThat(server.asked.get(0).getHeaders().get("Authorization")).isEqualTo("Bearer " + SECRET);
    }

    @Test
    void no_message_holds_a_secret() {
        ServerSettings settings = new ServerSettings(
                "mine",
                URI.create("http://anna:" + SECRET + "@127.0.0.1:"
                        + server.address().getPort() + "/?token=" + SECRET),
                Map.of("X-Api-Key", SECRET),
                null,
                SECRET,
                ServerSettings.Limits.DEFAULT);
        use(settings);
        StringWriter said = new StringWriter();
        for (int status : new int[] {200, 302, 401, 403, 404, 413, 418, 500, 503}) {
            server.script("GET /queue", request -> text(status, "text/html", "<html>"));
            fails(client::queue, kind(status), failure -> {
                failure.printStackTrace(new PrintWriter(said));
                said.append(failure.error().toString());
            });
        }
        server.close();
        fails(client::queue, Kind.UNAVAILABLE, failure -> failure.printStackTrace(new PrintWriter(said)));

        assertThat(said.toString()).contains("127.0.0.1").doesNotContain(SECRET).doesNotContain("anna:");
        assertThat(settings.toString()).doesNotContain("X-Api-Key: ");
    }

    private static Kind kind(int status) {
        return switch (status) {
            case 200, 500 -> Kind.FAILED;
            case 404 -> Kind.NOT_FOUND;
            case 413 -> Kind.REFUSED;
            case 503 -> Kind.UNAVAILABLE;
            default -> Kind.INVALID;
        };
    }

    @Test
    void a_header_that_cannot_be_sent_is_refused_without_its_value() {
        assertThatThrownBy(() -> use(new ServerSettings(
                        "mine",
                        server.address(),
                        Map.of("X-Api-Key", SECRET + "\r\nHost: evil"),
                        null,
                        null,
                        ServerSettings.Limits.DEFAULT)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("X-Api-Key")
                .hasMessageNotContaining(SECRET);
        assertThatThrownBy(() -> use(new ServerSettings(
                        "mine", server.address(), Map.of(), null, SECRET + "\n", ServerSettings.Limits.DEFAULT)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void an_address_that_is_no_web_address_is_refused() {
        assertThatThrownBy(() -> use(ServerSettings.of(URI.create("ftp://host/x"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("http://127.0.0.1:8188");
    }

    @Test
    void a_redirect_is_not_followed_and_its_target_is_named_without_its_query() {
        try (ScriptedComfy elsewhere = new ScriptedComfy()) {
            server.script(
                    "GET /queue",
                    request -> new MockResponse.Builder()
                            .code(302)
                            .addHeader("Location", elsewhere.address() + "/login?next=" + SECRET)
                            .build());

            fails(
                    client::queue,
                    Kind.INVALID,
                    failure -> assertThat(failure)
                            .hasMessageContaining(elsewhere.address() + "/login")
                            .hasMessageNotContaining(SECRET)
                            .hasMessageContaining("final address"));
            assertThat(elsewhere.asked).isEmpty();
        }
    }
}
