package dev.gaze.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.gaze.api.Gaze;
import dev.gaze.api.history.HistoryMode;
import dev.gaze.api.history.HistoryQuery;
import dev.gaze.api.job.Job;
import dev.gaze.api.preset.PresetSelection;
import dev.gaze.api.template.Wildcards;
import dev.gaze.api.writer.Conversation;
import dev.gaze.api.writer.PromptWriter;
import dev.gaze.api.writer.WriteRequest;
import dev.gaze.api.writer.WriterEvent;
import dev.gaze.api.writer.WrittenPrompt;
import dev.gaze.example.project.SampleLibrary;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The lines of the README about written prompts, with a model server inside the test and the embedded ComfyUI. */
@Timeout(120)
@DisplayNameGeneration(ReplaceUnderscores.class)
class WrittenPictureTest {
    @TempDir
    Path folder;

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private HttpServer model;

    @BeforeEach
    void start() throws IOException {
        model = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        model.createContext("/v1/chat/completions", exchange -> {
            String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(request);
            String words = "PROMPT: {lighthouse, (storm:1.2)\\nNEGATIVE: blurry";
            String answer = request.contains("\"stream\":true")
                    ? "data: {\"model\":\"m\",\"choices\":[{\"delta\":{\"content\":\"%s\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"
                    : "{\"model\":\"m\",\"choices\":[{\"message\":{\"content\":\"%s\"},\"finish_reason\":\"stop\"}]}";
            byte[] bytes = answer.formatted(words).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        model.start();
    }

    @AfterEach
    void stop() {
        model.stop(0);
    }

    private Gaze open() throws Exception {
        Map<String, String> environment = Map.of(
                "GAZE_LLM_URL",
                "http://127.0.0.1:" + model.getAddress().getPort() + "/v1",
                "GAZE_LLM_MODEL",
                "m",
                "GAZE_COMFY_URL",
                "embedded");
        return Gaze.builder()
                .library(SampleLibrary.copyTo(folder))
                .environment(environment::get)
                .open();
    }

    @Test
    @Tag("P19")
    @Tag("P21")
    @Tag("P22")
    void an_idea_becomes_a_prompt_and_the_prompt_a_picture_that_knows_where_it_comes_from() throws Exception {
        try (Gaze gaze = open()) {
            PromptWriter writer = gaze.writer().build();
            WrittenPrompt written = writer.write(WriteRequest.of("a lighthouse")
                    .target("sdxl")
                    .presets(new PresetSelection.Flat(Map.of("lighting", "Moonlight"))));
            Job job = gaze.generate(request -> request.plus(Wildcards.literal(written.prompt()))
                    .negative(Wildcards.literal(written.negative()))
                    .size(64, 64));
            gaze.history().connect(job.id(), written.entry());
            job.await(Duration.ofMinutes(1));

            assertThat(asked.get(0)).contains("Selected presets:");
            assertThat(job.plan().prompt().positive()).contains("{lighthouse, (storm:1.2)");
            assertThat(job.plan().prompt().negative()).contains("blurry");
            assertThat(gaze.history().images(written.entry()))
                    .containsExactly(job.await(Duration.ZERO).image().id());

            List<WriterEvent> heard = Collections.synchronizedList(new ArrayList<>());
            Conversation talk = writer.conversation();
            talk.stream(WriteRequest.of("a lighthouse"), heard::add).await(Duration.ofMinutes(2));
            WrittenPrompt brighter = talk.send("brighter, and a storm");

            assertThat(heard).hasSize(2).last().isInstanceOf(WriterEvent.Done.class);
            assertThat(asked.get(2)).contains("a lighthouse", "{lighthouse", "brighter, and a storm");
            assertThat(gaze.history().get(brighter.entry()).note().parent()).isNotNull();
            assertThat(gaze.history()
                            .list(HistoryQuery.NEWEST.in(HistoryMode.CHAT))
                            .total())
                    .isEqualTo(2);
        }
    }
}
