package dev.gaze.llm.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.gaze.api.chat.ChatCall;
import dev.gaze.api.chat.ChatError;
import dev.gaze.api.chat.ChatEvent;
import dev.gaze.api.chat.ChatException;
import dev.gaze.api.chat.ChatMessage;
import dev.gaze.api.chat.ChatReply;
import dev.gaze.api.chat.ChatTool;
import dev.gaze.api.chat.ToolLimits;
import dev.gaze.api.json.JsonText;
import dev.gaze.llm.stub.StubServer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Tools that take their time: side by side, too long, until they are stopped. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ToolTimeTest extends ToolLoopTesting {
    @Test
    void calls_of_one_turn_run_side_by_side_but_not_more_than_allowed() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch three = new CountDownLatch(3);
        ChatTool slow = Tools.named("slow", text -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            three.countDown();
            assertThat(three.await(5, TimeUnit.SECONDS)).isTrue();
            now.decrementAndGet();
            return new JsonText("done " + text);
        });
        callsAtOnce(IntStream.range(0, 9)
                .mapToObj(i -> StubServer.call("c" + i, "slow", "{'text':'" + i + "'}"))
                .toArray(String[]::new));
        server.thenSay("ok");

        ChatReply reply = ask(ToolLimits.DEFAULT.withParallel(3), slow);

        assertThat(most).hasValue(3);
        assertThat(results(reply))
                .extracting(ChatMessage.ToolResult::text)
                .containsExactlyElementsOf(
                        IntStream.range(0, 9).mapToObj(i -> "done " + i).toList());
    }

    @Test
    void a_tool_that_never_returns_is_given_up_and_the_others_go_on() {
        CountDownLatch stuck = new CountDownLatch(1);
        ChatTool deaf = Tools.named("deaf", text -> {
            stuck.countDown();
            boolean released = false;
            while (!released) {
                try {
                    released = release.await(1, TimeUnit.HOURS);
                } catch (InterruptedException ignored) {
                    // the sort of tool that does not heed it
                }
            }
            return new JsonText("too late");
        });
        callsAtOnce(StubServer.call("1", "deaf", "{'text':'a'}"), StubServer.call("2", "echo", "{'text':'b'}"));
        server.thenSay("without it");

        ChatCall call = start(ToolLimits.DEFAULT.withParallel(1), deaf, Tools.echo());
        await().until(() -> stuck.getCount() == 0);
        time.advance(Duration.ofSeconds(30));

        ChatReply reply = call.await(LONG);
        assertThat(results(reply).get(0).text()).isEqualTo("The tool did not answer within 30.0 s");
        assertThat(results(reply).get(0).failed()).isTrue();
        assertThat(results(reply).get(1).text()).isEqualTo("b");
        assertThat(reply.text()).isEqualTo("without it");
    }

    @Test
    void model_and_tools_together_have_a_limit_too() {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        ChatTool waiting = waiting(running, interrupted);
        server.thenCall("wait", "{'text':'a'}");

        ChatCall call =
                start(ToolLimits.DEFAULT.withPerCall(Duration.ofHours(2)).withTotal(Duration.ofHours(1)), waiting);
        await().until(() -> running.getCount() == 0);
        time.advance(Duration.ofHours(1));

        assertThat(catchThrowableOfType(ChatException.class, () -> call.await(LONG))
                        .error())
                .isEqualTo(ChatError.TIMEOUT);
        await().until(() -> interrupted.getCount() == 0);
    }

    @Test
    void cancelling_interrupts_the_tools() {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        server.thenCall("wait", "{'text':'a'}");

        ChatCall call = start(ToolLimits.DEFAULT, waiting(running, interrupted));
        await().until(() -> running.getCount() == 0);
        call.cancel();

        assertThat(catchThrowableOfType(ChatException.class, () -> call.await(LONG))
                        .error())
                .isEqualTo(ChatError.CANCELLED);
        await().until(() -> interrupted.getCount() == 0);
        assertThat(events).last().isInstanceOf(ChatEvent.Failed.class);
    }

    private ChatTool waiting(CountDownLatch running, CountDownLatch interrupted) {
        return Tools.named("wait", text -> {
            running.countDown();
            try {
                release.await();
            } catch (InterruptedException stopped) {
                interrupted.countDown();
                throw stopped;
            }
            return new JsonText("released");
        });
    }
}
