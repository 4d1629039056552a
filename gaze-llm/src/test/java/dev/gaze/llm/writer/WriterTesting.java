package dev.gaze.llm.writer;

import dev.gaze.api.Gaze;
import dev.gaze.api.chat.ChatSettings;
import dev.gaze.api.chat.Llm;
import dev.gaze.api.history.HistoryEntry;
import dev.gaze.api.history.HistoryQuery;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.time.SystemTime;
import dev.gaze.api.writer.PromptWriterBuilder;
import dev.gaze.api.writer.WriteRequest;
import dev.gaze.api.writer.WriterEvent;
import dev.gaze.llm.loop.ModelBackend;
import dev.gaze.llm.stub.StubServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A library, and a model server that says what it is told to. */
@Timeout(60)
abstract class WriterTesting {
    static final Duration LONG = Duration.ofSeconds(20);
    static final WriteRequest LIGHTHOUSE = WriteRequest.of("  a lighthouse ").target("sdxl");
    static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 0};

    @TempDir
    Path library;

    final SystemTime time = new SystemTime();
    final StubServer server = new StubServer();
    final List<WriterEvent> events = Collections.synchronizedList(new ArrayList<>());
    Gaze gaze;
    Llm llm;

    @BeforeEach
    void open() {
        gaze = Gaze.builder().library(library).onlyGivenPlugins().open();
        llm = new ModelBackend()
                .connect(
                        ChatSettings.openAi(server.url("/v1"), "m", null)
                                .withLimits(new ChatSettings.Limits(
                                        Duration.ofSeconds(5),
                                        Duration.ofSeconds(10),
                                        Duration.ofSeconds(20),
                                        1,
                                        Duration.ZERO,
                                        1_000_000)),
                        time);
    }

    @AfterEach
    void close() {
        llm.close();
        server.close();
        gaze.close();
        time.close();
    }

    PromptWriterBuilder writer() {
        return gaze.writer(llm);
    }

    List<HistoryEntry> history() {
        return gaze.history().list(HistoryQuery.NEWEST).items();
    }

    /** What the model was told: role and text of every message of one request. */
    List<String> told(int request) {
        JsonArray messages =
                (JsonArray) server.asked(request).json().get("messages").orElseThrow();
        return messages.items().stream()
                .map(message -> ((JsonObject) message).text("role").orElseThrow() + ": "
                        + ((JsonObject) message).text("content").orElse(""))
                .toList();
    }
}
