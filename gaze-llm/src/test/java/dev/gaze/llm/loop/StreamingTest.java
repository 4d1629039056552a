package dev.gaze.llm.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gaze.api.chat.ChatCall;
import dev.gaze.api.chat.ChatError;
import dev.gaze.api.chat.ChatEvent;
import dev.gaze.api.chat.ChatException;
import dev.gaze.api.chat.ChatReply;
import dev.gaze.api.chat.ChatReply.Finish;
import dev.gaze.api.chat.ChatRequest;
import dev.gaze.api.chat.ChatSettings;
import dev.gaze.api.chat.ChatUsage;
import dev.gaze.api.chat.Llm;
import dev.gaze.api.chat.ToolCall;
import dev.gaze.api.time.SystemTime;
import dev.gaze.llm.stub.StubServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that come piece by piece, from servers of every manner. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class StreamingTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final SystemTime time = new SystemTime();
    private final StubServer server = new StubServer();
    private final Llm openAi = new ToolLoop(ChatSettings.openAi(server.url("/v1"), "m", null), time);
    private final Llm ollama = new ToolLoop(ChatSettings.ollama(server.url(""), "m"), time);
    private final List<ChatEvent> events = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        openAi.close();
        ollama.close();
        server.close();
        time.close();
    }

    private ChatReply stream(Llm llm) {
        return llm.stream(ChatRequest.of("hi"), events::add).await(LONG);
    }

    private ChatException failure(Llm llm) {
        ChatCall call = llm.stream(ChatRequest.of("hi"), events::add);
        ChatException failure = catchThrowableOfType(ChatException.class, () -> call.await(LONG));
        assertThat(events.get(events.size() - 1)).isEqualTo(new ChatEvent.Failed(failure));
        return failure;
    }

    private String tokens() {
        return events.stream()
                .filter(ChatEvent.Token.class::isInstance)
                .map(token -> ((ChatEvent.Token) token).text())
                .collect(Collectors.joining("|"));
    }

    @Test
    @Tag("P20")
    @Tag("P56")
    @Tag("P62")
    void pieces_are_passed_on_as_they_come_and_the_end_is_told_once() {
        server.then((asked, wire) -> {
            wire.events().text(": thinking\n\n").piece("a lit").piece("tle").done();
        });

        ChatReply reply = stream(openAi);

        assertThat(events)
                .containsExactly(
                        new ChatEvent.Turn(1, 1),
                        new ChatEvent.Token("a lit"),
                        new ChatEvent.Token("tle"),
                        new ChatEvent.Done(reply));
        assertThat(reply.text()).isEqualTo("a little");
        assertThat(reply.finish()).isEqualTo(Finish.COMPLETE);
        assertThat(server.asked(0).json().text("stream")).contains("true");
    }

    @Test
    @Tag("P56")
    void lines_of_ollama_are_passed_on_and_done_ends_them() {
        server.then((asked, wire) -> {
            wire.begin(200, "application/x-ndjson")
                    .text("{\"message\":{\"thinking\":\"hm\"},\"done\":false}\n")
                    .text("\n")
                    .text("{\"message\":{\"content\":\"a lit\"},\"done\":false}\n")
                    .text("{ this is no json }\n")
                    .text("{\"message\":{\"content\":\"tle\"},\"done\":false}\r\n")
                    .text("{\"done\":true,\"done_reason\":\"length\",\"eval_count\":5}\n")
                    .text("{\"message\":{\"content\":\"never told\"}}\n");
            wire.awaitLeaving();
        });

        ChatReply reply = stream(ollama);

        assertThat(tokens()).isEqualTo("a lit|tle");
        assertThat(events).contains(new ChatEvent.Thought("hm"));
        assertThat(reply.finish()).isEqualTo(Finish.LENGTH);
        assertThat(reply.usage()).isEqualTo(new ChatUsage(0, 5));
        assertThat(reply.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.what()).startsWith("1 line of the answer could not be read"));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void however_the_bytes_are_cut_the_answer_is_the_same(long seed) {
        byte[] all =
                "data: {\"choices\":[{\"delta\":{\"content\":\"größer \"}}]}\r\n\r\ndata:{\"choices\":[{\"delta\":{\"content\":\"日本\"}}]}\ndata: {\"choices\":\ndata: [{\"delta\":{\"content\":\"!\"}}]}\n\nid: 7\nevent: message\nretry: 1\ndata: [DONE]\n\n"
                        .getBytes(StandardCharsets.UTF_8);
        Random random = new Random(seed);
        server.then((asked, wire) -> {
            wire.events();
            for (int at = 0; at < all.length; ) {
                int length = Math.min(all.length - at, 1 + random.nextInt(12));
                wire.write(java.util.Arrays.copyOfRange(all, at, at + length));
                at += length;
            }
        });

        assertThat(stream(openAi).text()).isEqualTo("größer 日本!");
    }

    @Test
    void a_server_that_does_not_stream_tells_everything_at_once() {
        server.thenSay("whole");

        assertThat(stream(openAi).text()).isEqualTo("whole");
        assertThat(tokens()).isEqualTo("whole");
    }

    @Test
    void a_plain_answer_over_many_lines_with_a_byte_order_mark_is_read() {
        server.thenJson(
                200,
                "\uFEFF\n{\n  'choices': [\n {'message': {\n'content': 'pretty'\n}}\n]\n}\n"
                        .replace("\uFEFF\n", "\uFEFF"));

        assertThat(openAi.complete(ChatRequest.of("hi")).text()).isEqualTo("pretty");
    }

    @Test
    void a_server_that_streams_unasked_is_understood() {
        server.then((asked, wire) ->
                wire.begin(200, "application/json").piece("a").piece("b").done());

        assertThat(openAi.complete(ChatRequest.of("hi")).text()).isEqualTo("ab");
    }

    @Test
    void bytes_that_are_no_utf8_become_replacement_characters() {
        server.then((asked, wire) -> {
            wire.events().text("data: {\"choices\":[{\"delta\":{\"content\":\"a");
            wire.write(new byte[] {(byte) 0xff, (byte) 0xc3});
            wire.text("b\"}}]}\n\n").done();
        });

        assertThat(stream(openAi).text()).isEqualTo("a\uFFFD\uFFFDb");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ta: {\"choices\":[]}\n\n", "}]}\n", "Welcome to the proxy\r\n\r\n", "<!-- proxy -->\n"})
    @Tag("P56")
    void a_first_line_that_cannot_be_read_holds_up_nothing(String first) {
        server.then((asked, wire) -> {
            wire.events().text(first).piece("a lit").piece("tle").done();
            wire.awaitLeaving();
        });

        ChatReply reply = stream(openAi);

        assertThat(tokens()).isEqualTo("a lit|tle");
        assertThat(reply.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.what()).startsWith("1 line of the answer could not be read"));
    }

    @Test
    void a_document_behind_a_line_that_cannot_be_read_is_read() {
        server.then((asked, wire) -> wire.json(
                200, "Welcome to the proxy\n  {\n\"choices\": [\n{\"message\": {\"content\": \"pretty\"}}\n]\n}\n"));

        assertThat(openAi.complete(ChatRequest.of("hi")).text()).isEqualTo("pretty");
    }

    @Test
    void calls_of_tools_in_pieces_are_put_together() {
        server.then((asked, wire) -> wire.events()
                .event(
                        "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"x\",\"function\":{\"name\":\"echo\",\"arguments\":\"\"}}]}}]}")
                .event(
                        "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"text\\\"\"}}]}}]}")
                .event(
                        "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":1,\"function\":{\"name\":\"echo\",\"arguments\":\"{\\\"text\\\":\\\"b\\\"}\"}}]}}]}")
                .event(
                        "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\":\\\"a\\\"}\"}}]}}]}")
                .event("{\"choices\":[{\"delta\":{},\"finish_reason\":\"tool_calls\"}]}")
                .event("{\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}")
                .event("[DONE]"));
        server.thenSay("ok");

        ChatReply reply = openAi.stream(ChatRequest.of("hi").withTools(Tools.echo()), events::add)
                .await(LONG);

        assertThat(events)
                .contains(
                        new ChatEvent.ToolStarted(new ToolCall("x", "echo", "{\"text\":\"a\"}")),
                        new ChatEvent.ToolStarted(new ToolCall("call_2", "echo", "{\"text\":\"b\"}")));
        assertThat(reply.text()).isEqualTo("ok");
        assertThat(reply.usage()).isEqualTo(new ChatUsage(4, 4));
    }

    // What goes wrong ------------------------------------------------------------------------------------------------

    @Test
    @Tag("P57")
    void an_error_in_the_middle_is_an_event_and_keeps_what_had_come() {
        server.then((asked, wire) ->
                wire.events().piece("so far").event("{\"error\":{\"message\":\"out of memory\",\"code\":500}}"));

        ChatException failure = failure(openAi);

        assertThat(failure.error()).isEqualTo(ChatError.REFUSED);
        assertThat(failure).hasMessageContaining("out of memory");
        assertThat(failure.partial()).isEqualTo("so far");
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    @Tag("P57")
    void an_error_field_of_ollama_ends_the_stream() {
        server.then((asked, wire) -> wire.begin(200, "application/x-ndjson")
                .text("{\"message\":{\"content\":\"so far\"}}\n{\"error\":\"llama runner ended\"}\n"));

        ChatException failure = failure(ollama);

        assertThat(failure.error().type()).isEqualTo("api_error");
        assertThat(failure).hasMessageContaining("llama runner ended");
        assertThat(failure.partial()).isEqualTo("so far");
    }

    @Test
    @Tag("P57")
    void a_stream_that_breaks_off_or_ends_without_an_end_is_cut_short() {
        server.then((asked, wire) -> {
            wire.events().piece("so far").text("data: {\"choices\":[{\"del");
            wire.breakOff();
        });
        server.then((asked, wire) -> wire.events().piece("so far").text("data: {\"choices\":[{\"del"));

        ChatException broken = failure(openAi);
        ChatException ended = failure(openAi);

        assertThat(broken.error()).isEqualTo(ChatError.BAD_ANSWER);
        assertThat(broken.partial()).isEqualTo("so far");
        assertThat(ended.error()).isEqualTo(ChatError.BAD_ANSWER);
        assertThat(ended.partial()).isEqualTo("so far");
        assertThat(server.asked())
                .as("nothing is asked again once a piece was told")
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>hello</html>",
                "not json",
                "[1, 2]",
                "{\"choices\":[{\"message\":{\"content\":NaN}}]}",
                "{\"choices\":[{\"message\":{\"content\":\"\"}}]}",
                "{\"choices\":[]}",
                "{}",
                "",
                "{\"choices\":[{\"message\":{\"content\":\"cut",
                "{\"error\":null}"
            })
    @Tag("P46")
    void an_answer_that_is_none_is_told_as_such(String body) {
        server.then((asked, wire) -> wire.json(200, body));

        ChatException failure = catchThrowableOfType(ChatException.class, () -> openAi.complete(ChatRequest.of("hi")));

        assertThat(failure.error()).isEqualTo(ChatError.BAD_ANSWER);
        assertThat(failure.error().status()).isEqualTo(502);
        assertThat(failure.problems().get(0).fix()).isNotBlank();
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void an_answer_beyond_the_limit_is_refused_without_being_kept() {
        Llm careful = new ToolLoop(
                ChatSettings.openAi(server.url("/v1"), "m", null)
                        .withLimits(new ChatSettings.Limits(LONG, LONG, LONG, 3, Duration.ZERO, 100_000)),
                time);
        server.then((asked, wire) -> {
            wire.begin(200, "application/json").text("{\"choices\":[{\"message\":{\"content\":\"");
            for (int i = 0; i < 10_000; i++) {
                wire.text("x".repeat(1000));
            }
        });
        server.then((asked, wire) -> {
            wire.events();
            for (int i = 0; i < 100_000; i++) {
                wire.piece("yes");
            }
        });

        try (careful) {
            ChatException plain =
                    catchThrowableOfType(ChatException.class, () -> careful.complete(ChatRequest.of("hi")));
            assertThat(plain.error()).isEqualTo(ChatError.BAD_ANSWER);
            assertThat(plain).hasMessageContaining("100000 bytes");
            assertThat(failure(careful).partial()).startsWith("yesyes").hasSizeLessThan(100_000);
        }
    }

    @Test
    void numbers_with_endless_digits_and_deep_nesting_cost_no_time() {
        server.thenJson(
                200,
                "{'choices':[{'message':{'content':'fine','tool_calls':[{'index':1e9999,'function':{}}]},'finish_reason':7}],'usage':{'prompt_tokens':1e9999}}");
        server.thenJson(200, "{'choices':[{'message':{'content':'x'}}],'usage':{'prompt_tokens':1e999999999}}");
        server.then((asked, wire) -> wire.json(200, "{\"a\":".repeat(100_000)));

        assertThat(openAi.complete(ChatRequest.of("hi")).text()).isEqualTo("fine");
        for (String beyond : List.of("a number", "a depth")) {
            assertThat(catchThrowableOfType(ChatException.class, () -> openAi.complete(ChatRequest.of("hi")))
                            .error())
                    .as(beyond)
                    .isEqualTo(ChatError.BAD_ANSWER);
        }
    }

    @Test
    void a_question_of_a_megabyte_arrives_whole() {
        server.thenSay("long");

        openAi.complete(ChatRequest.of("ö".repeat(500_000)));

        assertThat(server.asked(0).body()).contains("ö".repeat(500_000));
    }

    @Test
    void a_listener_that_throws_is_told_the_next_event() {
        server.then((asked, wire) -> wire.events().piece("a").piece("b").done());

        ChatReply reply = openAi.stream(ChatRequest.of("hi"), event -> {
                    events.add(event);
                    throw new IllegalStateException("a fault of the listener's own");
                })
                .await(LONG);

        assertThat(reply.text()).isEqualTo("ab");
        assertThat(tokens()).isEqualTo("a|b");
    }

    @Test
    @Timeout(60)
    void a_listener_that_throws_an_error_keeps_nobody_waiting() {
        server.then((asked, wire) -> wire.events().piece("a").done()).thenJson(400, "{'error':'no'}");
        Consumer<ChatEvent> failing = event -> {
            throw new AssertionError("a fault of the listener's own");
        };

        assertThat(openAi.stream(ChatRequest.of("hi"), failing).await(LONG).text())
                .isEqualTo("a");
        assertThatThrownBy(() -> openAi.stream(ChatRequest.of("hi"), failing).await(LONG))
                .isInstanceOf(ChatException.class)
                .extracting(failure -> ((ChatException) failure).error())
                .isEqualTo(ChatError.REFUSED);
    }
}
