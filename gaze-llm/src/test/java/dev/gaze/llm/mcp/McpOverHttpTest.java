package dev.gaze.llm.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gaze.api.chat.ChatTool;
import dev.gaze.api.chat.ChatToolSource;
import dev.gaze.api.chat.ChatToolbox;
import dev.gaze.api.chat.Secret;
import dev.gaze.api.chat.ToolServer;
import dev.gaze.api.chat.ToolSettings;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.tag.TagCatalogue;
import dev.gaze.api.time.SystemTime;
import dev.gaze.llm.stub.Asked;
import dev.gaze.llm.stub.StubServer;
import dev.gaze.llm.stub.Wire;
import dev.gaze.testkit.ManualTime;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MCP servers that speak over HTTP: one that is well, and some that are no help. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class McpOverHttpTest {
    private final SystemTime time = new SystemTime();
    private final StubServer stub = new StubServer();

    @AfterEach
    void close() {
        stub.close();
        time.close();
    }

    private ChatToolbox open(String path) {
        ToolServer server = new ToolServer.Http(
                "far", URI.create(stub.url(path)), Secret.of("s3cret-key"), Map.of("X-Team", "s3cret-team"));
        return new McpTools().open(new ToolSettings(McpOverHttpTest::noTags, List.of(server), time));
    }

    private static TagCatalogue noTags() {
        throw new IllegalStateException("nobody asks for tags here");
    }

    /** Speaks the protocol, with one tool that says what it was given. */
    private static void speak(Asked asked, Wire wire) throws IOException {
        if (!asked.method().equals("POST")) {
            wire.json(405, "");
            return;
        }
        JsonObject message = asked.json();
        JsonObject result = switch (message.text("method").orElse("")) {
            case "initialize" ->
                JsonObject.of(
                        "protocolVersion",
                        message.object("params").text("protocolVersion").orElseThrow(),
                        "capabilities",
                        JsonObject.of("tools", JsonObject.empty()),
                        "serverInfo",
                        JsonObject.of("name", "stub", "version", "1"));
            case "tools/list" ->
                JsonObject.of(
                        "tools",
                        List.of(JsonObject.of(
                                "name",
                                "say.it",
                                "description",
                                "Says it.",
                                "inputSchema",
                                JsonObject.of("type", "object"))));
            case "tools/call" ->
                JsonObject.of(
                        "content",
                        List.of(JsonObject.of(
                                "type",
                                "text",
                                "text",
                                message.object("params").object("arguments").toString())));
            default -> null;
        };
        if (result == null) {
            wire.json(202, "");
        } else {
            JsonObject answer = JsonObject.of("jsonrpc", "2.0", "result", result)
                    .with("id", message.get("id").orElseThrow());
            wire.json(200, new String(Json.compact(answer), StandardCharsets.UTF_8), "Mcp-Session-Id: 7");
        }
    }

    @Test
    @Tag("G134")
    void tools_of_a_server_far_away_are_called_with_its_key_at_its_own_path() throws Exception {
        stub.always(McpOverHttpTest::speak);
        try (ChatToolbox box = open("/deep/mcp?room=2")) {
            assertThat(box.warnings()).isEmpty();
            ChatTool tool = box.tools().get(0);
            assertThat(tool.id()).as("a name models can say").isEqualTo("say_it");

            JsonText said = (JsonText) tool.run(JsonObject.of("word", "größer"));

            assertThat(said.value()).contains("größer");
        }
        assertThat(stub.asked()).allSatisfy(asked -> {
            assertThat(asked.path()).isEqualTo("/deep/mcp?room=2");
            assertThat(asked.headers())
                    .containsEntry("authorization", "Bearer s3cret-key")
                    .containsEntry("x-team", "s3cret-team");
        });
    }

    @Test
    void what_a_server_says_that_refuses_is_not_repeated_with_its_secrets() {
        stub.always((asked, wire) -> wire.json(401, "{\"error\":\"the key s3cret-key is not known\"}"));

        try (ChatToolbox box = open("/mcp?token=s3cret-token")) {
            assertThat(box.tools()).isEmpty();
            assertThat(box.warnings()).hasSize(1);
            assertThat(box.warnings().get(0).toString()).contains("'far'").doesNotContain("s3cret");
            assertThat(box.warnings().get(0).fix()).contains("key");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'error':{'code':-32000,'message':'s3cret-key s3cret-token'}",
                "'result':{'isError':true,'content':[{'type':'text','text':'s3cret-team'}]}",
                "'result':{'isError':true,'content':[]}",
                "'result':{'content':[{'type':'text','text':'s3cret-key, s3cret-team'}]}",
                "'result':{'content':[],'structuredContent':{'url':'?token=s3cret-token'}}"
            })
    void what_a_tool_tells_holds_none_of_the_secrets_it_was_given(String answer) {
        stub.always(McpOverHttpTest::speak);
        try (ChatToolbox box = open("/mcp?token=s3cret-token")) {
            stub.always((asked, wire) -> wire.json(
                    200,
                    "{\"jsonrpc\":\"2.0\",\"id\":" + asked.json().get("id").orElseThrow() + ","
                            + answer.replace('\'', '"') + "}"));

            String told;
            try {
                told = box.tools().get(0).run(JsonObject.empty()).toString();
            } catch (Exception failed) {
                told = failed.toString();
            }
            assertThat(told).isNotBlank().doesNotContain("s3cret");
        }
    }

    @Test
    void a_key_does_not_travel_to_where_a_server_points() {
        try (StubServer elsewhere = new StubServer()) {
            stub.always((asked, wire) -> wire.json(307, "", "Location: " + elsewhere.url("/mcp")));

            try (ChatToolbox box = open("/mcp")) {
                assertThat(box.warnings()).hasSize(1);
            }
            assertThat(elsewhere.asked()).isEmpty();
        }
    }

    @Test
    void servers_that_never_tell_their_tools_are_waited_for_once_together() throws Exception {
        ManualTime still = new ManualTime();
        CountDownLatch asked = new CountDownLatch(2);
        stub.always((request, wire) -> {
            if (request.body().contains("tools/list")) {
                asked.countDown();
                wire.awaitLeaving();
            } else {
                speak(request, wire);
            }
        });
        List<ToolServer> servers = List.of(
                new ToolServer.Http("one", URI.create(stub.url("/1")), null, Map.of()),
                new ToolServer.Http("two", URI.create(stub.url("/2")), null, Map.of()));
        CompletableFuture<ChatToolbox> opening = CompletableFuture.supplyAsync(
                () -> new McpTools().open(new ToolSettings(McpOverHttpTest::noTags, servers, still)),
                work -> new Thread(work).start()); // the common pool has one thread here, which HTTP needs
        assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();

        still.advance(Duration.ofSeconds(30));

        try (ChatToolbox box = opening.get(30, TimeUnit.SECONDS)) {
            assertThat(box.tools()).isEmpty();
            assertThat(box.warnings()).hasSize(2);
        }
    }

    @Test
    void a_server_that_leaves_in_the_middle_fails_the_call_and_is_asked_anew_the_next_time() throws Exception {
        stub.always(McpOverHttpTest::speak);
        ChatToolbox box = open("/mcp?token=s3cret-token");
        try (box) {
            ChatTool tool = box.tools().get(0);
            stub.always((asked, wire) -> {
                if (asked.body().contains("tools/call")) {
                    wire.breakOff();
                } else {
                    speak(asked, wire);
                }
            });
            assertThat(catchThrowableOfType(GazeException.class, () -> tool.run(JsonObject.empty())))
                    .hasMessageContaining("'far'")
                    .satisfies(failure -> assertThat(traceOf(failure)).doesNotContain("s3cret"));

            stub.always((asked, wire) -> wire.json(500, "s3cret-key"));
            assertThat(catchThrowableOfType(GazeException.class, () -> tool.run(JsonObject.empty())))
                    .as("it does not greet either")
                    .hasMessageContaining("'far'")
                    .satisfies(failure -> assertThat(traceOf(failure)).doesNotContain("s3cret"));

            stub.always(McpOverHttpTest::speak);
            assertThat(((JsonText) tool.run(JsonObject.of("word", "again"))).value())
                    .contains("again");
        }
    }

    private static String traceOf(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    /** The classes of this package beside an SDK that was made for others. */
    private static final class OtherSdk extends ClassLoader {
        OtherSdk() {
            super(OtherSdk.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("io.modelcontextprotocol.")) {
                throw new UnsupportedClassVersionError(name);
            }
            if (!name.startsWith("dev.gaze.llm.mcp.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] code = in.readAllBytes();
                return defineClass(name, code, 0, code.length);
            } catch (IOException unreadable) {
                throw new ClassNotFoundException(name, unreadable);
            }
        }
    }

    @Test
    void an_sdk_of_another_version_costs_the_tools_and_leaves_a_warning() throws Exception {
        ChatToolSource source = (ChatToolSource) new OtherSdk()
                .loadClass(McpTools.class.getName())
                .getConstructor()
                .newInstance();
        ToolServer server = new ToolServer.Http("far", URI.create(stub.url("/mcp")), null, Map.of());

        try (ChatToolbox box = source.open(new ToolSettings(() -> null, List.of(server), time))) {
            assertThat(box.tools()).isEmpty();
            assertThat(box.warnings())
                    .singleElement()
                    .satisfies(warning -> assertThat(warning.what()).contains("'far'", "the MCP SDK is not there"));
        }
    }
}
