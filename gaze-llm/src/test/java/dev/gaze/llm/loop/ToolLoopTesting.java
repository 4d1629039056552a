package dev.gaze.llm.loop;

import dev.gaze.api.chat.ChatCall;
import dev.gaze.api.chat.ChatEvent;
import dev.gaze.api.chat.ChatMessage;
import dev.gaze.api.chat.ChatReply;
import dev.gaze.api.chat.ChatRequest;
import dev.gaze.api.chat.ChatSettings;
import dev.gaze.api.chat.ChatTool;
import dev.gaze.api.chat.Llm;
import dev.gaze.api.chat.ToolLimits;
import dev.gaze.llm.stub.StubServer;
import dev.gaze.testkit.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;

/** A model that is asked with tools; time moves when told. */
abstract class ToolLoopTesting {
    static final Duration LONG = Duration.ofSeconds(20);

    final ManualTime time = new ManualTime();
    final StubServer server = new StubServer();
    final Llm llm = new ToolLoop(ChatSettings.openAi(server.url("/v1"), "m", null), time);
    final List<ChatEvent> events = Collections.synchronizedList(new ArrayList<>());
    final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void close() {
        release.countDown();
        llm.close();
        server.close();
    }

    ChatReply ask(ChatTool... tools) {
        return ask(ToolLimits.DEFAULT, tools);
    }

    ChatReply ask(ToolLimits limits, ChatTool... tools) {
        return start(limits, tools).await(LONG);
    }

    ChatCall start(ToolLimits limits, ChatTool... tools) {
        return llm.stream(ChatRequest.of("hi").withTools(tools).withToolLimits(limits), events::add);
    }

    StubServer callsAtOnce(String... calls) {
        return server.thenJson(
                200,
                "{'choices':[{'message':{'content':'let me look','tool_calls':[" + String.join(",", calls) + "]}}]}");
    }

    List<ChatMessage.ToolResult> results(ChatReply reply) {
        return reply.messages().stream()
                .filter(ChatMessage.ToolResult.class::isInstance)
                .map(ChatMessage.ToolResult.class::cast)
                .toList();
    }
}
