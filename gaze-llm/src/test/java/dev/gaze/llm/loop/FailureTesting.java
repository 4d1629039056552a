package dev.gaze.llm.loop;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gaze.api.chat.ChatEvent;
import dev.gaze.api.chat.ChatException;
import dev.gaze.api.chat.ChatRequest;
import dev.gaze.api.chat.ChatSettings;
import dev.gaze.api.chat.Llm;
import dev.gaze.api.time.SystemTime;
import dev.gaze.api.time.Time;
import dev.gaze.llm.stub.StubServer;
import dev.gaze.testkit.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** A model server that does what a test says, and clients that are closed in the end. */
abstract class FailureTesting {
    static final Duration LONG = Duration.ofSeconds(20);
    static final String SECRET = "s3cret-value-42";

    final SystemTime machine = new SystemTime();
    final ManualTime time = new ManualTime();
    final StubServer server = new StubServer();
    final List<ChatEvent> events = Collections.synchronizedList(new ArrayList<>());
    private final List<Llm> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(Llm::close);
        server.close();
        machine.close();
    }

    ChatSettings settings() {
        return ChatSettings.openAi(server.url("/v1"), "m", null).withLimits(patient(Duration.ZERO));
    }

    static ChatSettings.Limits patient(Duration pause) {
        ChatSettings.Limits usual = ChatSettings.Limits.DEFAULT;
        return new ChatSettings.Limits(
                usual.connect(), usual.silence(), usual.total(), 3, pause, usual.maxAnswerBytes());
    }

    Llm open(ChatSettings settings, Time time) {
        Llm llm = new ToolLoop(settings, time);
        opened.add(llm);
        return llm;
    }

    ChatException failure(ChatSettings settings) {
        return failure(settings, ChatRequest.of("hi"));
    }

    ChatException failure(ChatSettings settings, ChatRequest request) {
        Llm llm = open(settings, machine);
        return catchThrowableOfType(ChatException.class, () -> llm.complete(request));
    }
}
