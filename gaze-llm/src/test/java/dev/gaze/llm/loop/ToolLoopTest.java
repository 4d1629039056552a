package dev.gaze.llm.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gaze.api.chat.ChatCall;
import dev.gaze.api.chat.ChatError;
import dev.gaze.api.chat.ChatEvent;
import dev.gaze.api.chat.ChatException;
import dev.gaze.api.chat.ChatMessage;
import dev.gaze.api.chat.ChatReply;
import dev.gaze.api.chat.ChatReply.Finish;
import dev.gaze.api.chat.ChatRequest;
import dev.gaze.api.chat.ChatTool;
import dev.gaze.api.chat.ChatUsage;
import dev.gaze.api.chat.ToolCall;
import dev.gaze.api.chat.ToolLimits;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.llm.stub.StubServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A model that calls tools: in turns, wrongly, again, without end. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ToolLoopTest extends ToolLoopTesting {
    @Test
    @Tag("G50")
    void the_model_is_given_what_its_tool_answered_and_every_step_is_told() {
        server.thenCall("echo", "{'text':'sea'}").thenSay("by the sea");

        ChatReply reply = ask(Tools.echo());

        ToolCall call = new ToolCall("c1", "echo", "{\"text\":\"sea\"}");
        assertThat(events)
                .hasSize(6)
                .startsWith(new ChatEvent.Turn(1, 10), new ChatEvent.ToolStarted(call))
                .contains(new ChatEvent.ToolEnded(call, "sea", false, Duration.ZERO))
                .endsWith(new ChatEvent.Turn(2, 10), new ChatEvent.Token("by the sea"), new ChatEvent.Done(reply));
        assertThat(reply.text()).isEqualTo("by the sea");
        assertThat(reply.usage()).isEqualTo(new ChatUsage(6, 4));
        assertThat(reply.messages())
                .containsExactly(
                        new ChatMessage.Assistant("", List.of(call)),
                        new ChatMessage.ToolResult(call, "sea", false),
                        new ChatMessage.Assistant("by the sea"));
        assertThat(server.asked(1).body()).contains("\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"sea\"");
    }

    @Test
    @Tag("G50")
    void after_ten_turns_it_ends_and_in_the_last_one_nothing_may_be_called() {
        for (int i = 0; i < 10; i++) {
            server.thenCall("echo", "{'text':'" + i + "'}");
        }

        ChatReply reply = ask(Tools.echo());

        assertThat(server.asked()).hasSize(10);
        assertThat(server.asked(8).json().get("tool_choice")).isEmpty();
        assertThat(server.asked(9).json().text("tool_choice")).contains("none");
        assertThat(reply.finish()).isEqualTo(Finish.TOOL_LIMIT);
        assertThat(reply.calls())
                .singleElement()
                .extracting(ToolCall::arguments)
                .isEqualTo("{\"text\":\"9\"}");
        assertThat(reply.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.what()).contains("after 10 turns"));
    }

    @Test
    @Tag("G50")
    void a_call_that_was_made_before_is_not_made_again_and_a_model_that_is_stuck_is_asked_once_more() {
        AtomicInteger runs = new AtomicInteger();
        ChatTool counting = Tools.named("count", text -> new JsonText("run " + runs.incrementAndGet()));
        server.thenCall("count", "{'text':'a','more':1}")
                .thenCall("count", "{ 'more': 1, 'text':'a' }")
                .thenCall("count", "{'text':'a','more':1}");

        ChatReply reply = ask(counting);

        assertThat(runs).hasValue(1);
        assertThat(server.asked()).hasSize(3);
        assertThat(server.asked(2).json().text("tool_choice")).contains("none");
        assertThat(reply.finish()).isEqualTo(Finish.TOOL_LIMIT);
        assertThat(results(reply).get(1).text()).contains("called this before").endsWith("run 1");
    }

    @Test
    void what_failed_is_tried_twice_and_the_same_call_twice_in_one_turn_runs_once() {
        AtomicInteger runs = new AtomicInteger();
        ChatTool failing = Tools.named("fail", text -> {
            throw new IllegalStateException("run " + runs.incrementAndGet());
        });
        String call = StubServer.call("a", "fail", "{'text':'x'}");
        callsAtOnce(call, StubServer.call("b", "fail", "{'text':'x'}"));
        callsAtOnce(call);
        callsAtOnce(call);
        server.thenSay("I give up");

        ChatReply reply = ask(failing);

        assertThat(runs).hasValue(2);
        assertThat(results(reply)).hasSize(4).allMatch(ChatMessage.ToolResult::failed);
        assertThat(reply.text()).isEqualTo("I give up");
        assertThat(reply.finish()).isEqualTo(Finish.COMPLETE);
    }

    @Test
    void whatever_is_wrong_with_a_call_is_told_to_the_model() {
        ChatTool broken = Tools.named("broken", text -> {
            throw new GazeException(
                    GazeException.Kind.NOT_FOUND, Problem.of("No asset 'x'").fix("did you mean 'y'?"));
        });
        ChatTool faulty = Tools.named("faulty", text -> {
            throw new StackOverflowError();
        });
        callsAtOnce(
                StubServer.call("1", "ecko", "{'text':'a'}"),
                StubServer.call("2", "echo", "{'text':"),
                StubServer.call("3", "echo", "[1]"),
                StubServer.call("4", "echo", "{'text':7}"),
                StubServer.call("5", "echo", "{}"),
                StubServer.call("6", "broken", "{'text':'a'}"),
                StubServer.call("7", "faulty", "{'text':'a'}"));
        server.thenSay("sorry");

        ChatReply reply = ask(Tools.echo(), broken, faulty);

        assertThat(results(reply)).allMatch(ChatMessage.ToolResult::failed);
        List<String> texts =
                results(reply).stream().map(ChatMessage.ToolResult::text).toList();
        assertThat(texts.get(0)).contains("no tool 'ecko'").contains("did you mean 'echo'");
        assertThat(texts.get(1)).contains("no JSON object").contains("\"required\"");
        assertThat(texts.get(2)).contains("no JSON object");
        assertThat(texts.get(3)).contains("/text").contains("string");
        assertThat(texts.get(4)).contains("text").contains("required");
        assertThat(texts.get(5)).contains("No asset 'x'").contains("did you mean 'y'?");
        assertThat(texts.get(6)).contains("StackOverflowError");
        assertThat(reply.text()).isEqualTo("sorry");
        assertThat(server.asked(1).body())
                .as("servers refuse a history with arguments that are no object")
                .contains("\"arguments\":\"{}\"")
                .doesNotContain("\"arguments\":\"[1]\"");
    }

    @Test
    void results_are_given_as_json_and_cut_when_they_are_long() {
        ChatTool list = Tools.named("list", text -> JsonArray.of(text, 1, true));
        ChatTool chatty = Tools.named("chatty", text -> new JsonText("x".repeat(99) + "😀".repeat(50)));
        ChatTool sorry = Tools.named("sorry", text -> {
            throw new IllegalStateException("no ".repeat(1_000_000));
        });
        callsAtOnce(
                StubServer.call("1", "list", "{'text':'a'}"),
                StubServer.call("2", "chatty", "{'text':'a'}"),
                StubServer.call("3", "sorry", "{'text':'a'}"));
        server.thenSay("ok");

        ChatReply reply = ask(ToolLimits.DEFAULT.withResultLength(100), list, chatty, sorry);

        assertThat(results(reply).get(0).text()).isEqualTo("[\"a\",1,true]");
        assertThat(results(reply).get(1).text())
                .isEqualTo("x".repeat(99) + "… (cut; the whole result has 199 characters)");
        assertThat(results(reply).get(2).text())
                .as("what went wrong is cut, too")
                .startsWith("The tool failed: IllegalStateException: no no")
                .hasSizeLessThan(200);
    }

    @Test
    void a_model_that_calls_what_it_was_not_offered_gives_its_words_or_fails() {
        callsAtOnce(StubServer.call("1", "search", "{}"));
        server.thenCall("search", "{}");

        ChatReply reply = ask();
        ChatException failure = catchThrowableOfType(ChatException.class, this::ask);

        assertThat(reply.text()).isEqualTo("let me look");
        assertThat(reply.warnings()).hasSize(1);
        assertThat(failure.error()).isEqualTo(ChatError.BAD_ANSWER);
        assertThat(failure).hasMessageContaining("'search'");
    }

    @Test
    void a_conversation_goes_on_with_the_messages_of_the_reply() {
        server.thenCall("echo", "{'text':'sea'}").thenSay("by the sea").thenSay("brighter");
        ChatRequest first = ChatRequest.of("hi").withTools(Tools.echo());

        ChatReply reply = llm.complete(first);
        llm.complete(first.and(reply.messages()).andUser("brighter"));

        assertThat(((JsonArray) server.asked(2).json().get("messages").orElseThrow())
                        .items().stream()
                                .map(message -> ((dev.gaze.api.json.JsonObject) message)
                                        .text("role")
                                        .orElseThrow())
                                .collect(Collectors.joining(" ")))
                .isEqualTo("user assistant tool assistant user");
    }

    @Test
    void many_conversations_share_a_server_without_mixing_their_answers() {
        int count = 40;
        for (int i = 0; i < count; i++) {
            server.then((asked, wire) -> {
                String said = asked.body().replaceAll("(?s).*number (\\d+).*", "$1");
                wire.events().piece("answer ").piece(said).done();
            });
        }

        List<ChatCall> calls = IntStream.range(0, count)
                .mapToObj(i -> llm.stream(ChatRequest.of("number " + i), event -> {}))
                .toList();

        for (int i = 0; i < count; i++) {
            assertThat(calls.get(i).await(LONG).text()).isEqualTo("answer " + i);
        }
    }

    @Test
    @Tag("G50")
    void a_tool_whose_answer_changes_is_called_again_until_the_turns_are_over() {
        AtomicInteger asked = new AtomicInteger();
        ChatTool poll =
                Tools.repeatable(Tools.named("poll", text -> new JsonText(asked.incrementAndGet() + " of 3 done")));
        server.thenCall("poll", "{'text':'job'}")
                .thenCall("poll", "{'text':'job'}")
                .thenCall("poll", "{'text':'job'}")
                .thenSay("done");

        ChatReply reply = ask(poll);

        assertThat(reply.text()).isEqualTo("done");
        assertThat(results(reply))
                .extracting(ChatMessage.ToolResult::text)
                .containsExactly("1 of 3 done", "2 of 3 done", "3 of 3 done");

        for (int turn = 1; turn <= 4; turn++) {
            server.thenCall("poll", "{'text':'job'}");
        }
        assertThat(ask(ToolLimits.DEFAULT.withTurns(4), poll).finish()).isEqualTo(Finish.TOOL_LIMIT);
        assertThat(asked).hasValue(6);
    }

    @Test
    @Tag("G50")
    void an_answer_with_more_calls_than_anybody_means_is_none() {
        AtomicInteger made = new AtomicInteger();
        ChatTool count = Tools.named("count", text -> new JsonText("" + made.incrementAndGet()));
        List<String> calls = IntStream.rangeClosed(1, 129)
                .mapToObj(i -> StubServer.call("c" + i, "count", "{'text':'" + i + "'}"))
                .toList();
        callsAtOnce(calls.subList(0, 128).toArray(String[]::new)).thenSay("all made");
        callsAtOnce(calls.toArray(String[]::new));

        assertThat(ask(count).text()).isEqualTo("all made");
        assertThat(made).hasValue(128);
        assertThat(catchThrowableOfType(ChatException.class, () -> ask(count)))
                .hasMessageContaining("more than 128 tools")
                .extracting(ChatException::error)
                .isEqualTo(ChatError.BAD_ANSWER);
        assertThat(made).hasValue(128);
    }

    @Test
    @Tag("G50")
    void a_number_beyond_all_measure_makes_arguments_that_do_not_fit() {
        server.thenCall("echo", "{'text':1e99999999999}").thenSay("well then");

        ChatReply reply = ask(Tools.echo());

        assertThat(reply.text()).isEqualTo("well then");
        assertThat(results(reply)).singleElement().satisfies(result -> {
            assertThat(result.failed()).isTrue();
            assertThat(result.text()).startsWith("The arguments are no JSON object");
        });
    }
}
