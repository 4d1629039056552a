package dev.gaze.llm.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.chat.ChatTool;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes on standard input is not always what the protocol asks for. */
@Timeout(60)
@Tag("G134")
@DisplayNameGeneration(ReplaceUnderscores.class)
class ToolServingTest {
    private static final String GREETING = """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""";

    private static final String READY = """
            {"jsonrpc":"2.0","method":"notifications/initialized"}""";

    private final PipedOutputStream ask = new PipedOutputStream();
    private final PipedInputStream answered = new PipedInputStream(1 << 16);
    private final BufferedReader answers = new BufferedReader(new InputStreamReader(answered, StandardCharsets.UTF_8));
    private CompletableFuture<Void> serving = CompletableFuture.completedFuture(null);

    private record Echo() implements ChatTool {
        @Override
        public String id() {
            return "echo";
        }

        @Override
        public String description() {
            return "Says it again.";
        }

        @Override
        public JsonObject parameters() {
            return Json.object("{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\"}}}");
        }

        @Override
        public JsonValue run(JsonObject arguments) {
            return new JsonText(arguments.text("text").orElse("nothing"));
        }
    }

    @BeforeEach
    void serve() throws IOException {
        InputStream in = new PipedInputStream(ask, 1 << 16);
        PipedOutputStream out = new PipedOutputStream(answered);
        serving = CompletableFuture.runAsync(() -> {
            try (out) {
                ToolServing.serve(List.of(new Echo()), in, out);
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        });
    }

    @AfterEach
    void end() throws IOException {
        ask.close();
    }

    private void say(String line) throws IOException {
        ask.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        ask.flush();
    }

    private void greet() throws IOException {
        say(GREETING);
        assertThat(answers.readLine()).contains("\"id\":1");
        say(READY);
    }

    @Test
    void a_blank_line_is_passed_over() throws Exception {
        say("");
        say("  \r");
        greet();
        say("");
        say("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\"}\r");

        assertThat(answers.readLine()).contains("\"id\":2", "result");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "{\"jsonrpc\":", "[1,2]", "42", "\u0000\u0001"})
    void a_line_that_is_no_json_object_is_answered_and_the_next_one_is_read(String line) throws Exception {
        greet();
        say(line);

        JsonObject error = Json.object(answers.readLine());

        assertThat(error.object("error").number("code").orElseThrow().asInt()).isEqualTo(-32700);
        assertThat(error.members()).containsKey("id");
        say("{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/list\"}");
        assertThat(answers.readLine()).contains("\"id\":3", "echo");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"id\":7}", "{\"id\":7,\"jsonrpc\":\"2.0\",\"method\":{}}"})
    void json_that_is_no_message_is_answered_under_its_id(String line) throws Exception {
        greet();
        say(line);

        JsonObject error = Json.object(answers.readLine());

        assertThat(error.object("error").number("code").orElseThrow().asInt()).isEqualTo(-32600);
        assertThat(error.number("id").orElseThrow().asInt()).isEqualTo(7);
        say("{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/list\"}");
        assertThat(answers.readLine()).contains("\"id\":3");
    }

    @Test
    void it_ends_with_the_input_and_answers_what_was_asked_before() throws Exception {
        greet();
        say(
                "{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\",\"arguments\":{\"text\":\"ahoy\"}}}");
        ask.close();

        assertThat(answers.readLine()).contains("\"id\":4", "ahoy");
        serving.get(30, TimeUnit.SECONDS);
        assertThat(answers.readLine()).isNull();
    }

    @Test
    void an_input_that_breaks_off_ends_it_too() throws Exception {
        greet();
        ask.write("{\"jsonrpc\":\"2.0\",\"id\":5,".getBytes(StandardCharsets.UTF_8));
        ask.close();

        assertThat(answers.readLine()).contains("-32700");
        serving.get(30, TimeUnit.SECONDS);
    }
}
