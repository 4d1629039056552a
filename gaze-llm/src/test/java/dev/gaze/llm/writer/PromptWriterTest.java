package dev.gaze.llm.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gaze.api.Gaze;
import dev.gaze.api.chat.ChatError;
import dev.gaze.api.chat.ChatException;
import dev.gaze.api.chat.ChatImage;
import dev.gaze.api.history.HistoryEntry;
import dev.gaze.api.history.HistoryMode;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.plugin.Extension;
import dev.gaze.api.plugin.GazePlugin;
import dev.gaze.api.preset.PresetSelection;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.writer.PromptTarget;
import dev.gaze.api.writer.PromptWriter;
import dev.gaze.api.writer.WriteRequest;
import dev.gaze.api.writer.WriterCall;
import dev.gaze.api.writer.WriterEvent;
import dev.gaze.api.writer.WrittenPrompt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prompts written in one go. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PromptWriterTest extends WriterTesting {
    @Test
    @Tag("P19")
    @Tag("P39")
    @Tag("P61")
    @Tag("P63")
    void an_idea_becomes_a_prompt_that_is_written_down() {
        server.thenSay("PROMPT: masterpiece, (lighthouse:1.3)\\nNEGATIVE: blurry");

        WrittenPrompt written = writer().build().write(LIGHTHOUSE);

        assertThat(written.prompt()).isEqualTo("masterpiece, (lighthouse:1.3)");
        assertThat(written.negative()).isEqualTo("blurry");
        assertThat(written.target()).isEqualTo("sdxl");
        assertThat(written.model()).isEqualTo("stub-1");
        assertThat(written.warnings()).isEmpty();
        assertThat(told(0)).hasSize(2).last().isEqualTo("user: a lighthouse");
        assertThat(told(0).get(0)).startsWith("system: ").contains("SDXL", "NEGATIVE:", "1.2 to 1.4", "75 tokens");
        HistoryEntry entry = gaze.history().get(written.entry());
        assertThat(entry.note().mode()).isEqualTo(HistoryMode.ONESHOT);
        assertThat(entry.note().input()).isEqualTo("a lighthouse");
        assertThat(entry.note().output()).isEqualTo(written.text());
        assertThat(entry.note().negative()).isEqualTo("blurry");
        assertThat(entry.note().model()).isEqualTo("sdxl");
        assertThat(entry.note().writtenBy()).isEqualTo("stub-1");
    }

    @Test
    @Tag("P60")
    void presets_reach_the_model_and_the_history_keeps_the_raw_text() {
        server.thenSay("PROMPT: a").thenSay("PROMPT: b");
        PromptWriter writer = writer().build();

        writer.write(LIGHTHOUSE.presets(new PresetSelection.Flat(Map.of("lighting", "Moonlight"))));
        writer.write(LIGHTHOUSE.presets(
                PresetSelection.Hierarchical.in("photography").type("wildlife").universal("time", "dawn")));

        assertThat(told(0).get(1))
                .startsWith("user: User's image idea: a lighthouse\n\nSelected presets:\nLighting: moonlight");
        assertThat(told(1).get(1)).isEqualTo("user: a lighthouse\n\nStyle: Photography > Wildlife\n\nTime: dawn");
        assertThat(history()).extracting(entry -> entry.note().input()).containsOnly("a lighthouse");
        assertThat(history().get(1).note().presets()).isEqualTo(JsonObject.of("lighting", "Moonlight"));
        assertThat(history().get(0).note().presets().members()).containsOnlyKeys("hierarchical");
    }

    @Test
    @Tag("P63")
    @Tag("P66")
    void an_unknown_target_is_flux_and_others_are_registered() {
        PromptTarget pony = new PromptTarget("pony", "Pony", "write for pony", "talk about pony");
        PromptWriter writer = writer().target(pony).build();
        server.thenSay("PROMPT: a").thenSay("PROMPT: b").thenSay("PROMPT: c");

        assertThat(writer.targets()).extracting(PromptTarget::id).containsExactly("flux", "sdxl", "pony");
        assertThat(writer.write(WriteRequest.of("x").target("nobody knows")).target())
                .isEqualTo("flux");
        assertThat(writer.write(WriteRequest.of("x")).target()).isEqualTo("flux");
        assertThat(writer.write(WriteRequest.of("x").target("pony")).target()).isEqualTo("pony");
        assertThat(told(0).get(0)).contains("Flux", "natural language", "No lists of tags");
        assertThat(told(2).get(0)).isEqualTo("system: write for pony");
        assertThatIllegalArgumentException().isThrownBy(() -> new PromptTarget("../x", "n", "a", "b"));
        assertThatIllegalArgumentException().isThrownBy(() -> new PromptTarget("x", "n", " ", "b"));
    }

    @Test
    @Tag("P66")
    void a_plugin_registers_targets_for_a_whole_library(@TempDir Path other) {
        PromptTarget pony = new PromptTarget("pony", "Pony", "write for pony", "talk about pony");
        GazePlugin stable = new GazePlugin() {
            @Override
            public String id() {
                return "example.stable";
            }

            @Override
            public List<Extension> extensions() {
                return List.of(pony);
            }
        };

        try (Gaze stabled =
                Gaze.builder().library(other).onlyGivenPlugins().plugin(stable).open()) {
            assertThat(stabled.writer(llm).build().targets()).contains(pony);
        }
        assertThat(writer().build().targets()).doesNotContain(pony);
    }

    @Test
    @Tag("P74")
    void a_target_that_nobody_knows_is_told() {
        server.thenSay("PROMPT: a").thenSay("PROMPT: b");
        PromptWriter writer = writer().build();

        assertThat(writer.write(WriteRequest.of("x").target("sdlx")).warnings())
                .containsExactly(Problem.of("There is no target 'sdlx', so the prompt was written for flux")
                        .fix("did you mean 'sdxl'?"));
        assertThat(writer.conversation()
                        .send(WriteRequest.of("x").target("nobody"))
                        .warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.fix()).isEqualTo("targets: flux, sdxl"));
    }

    @Test
    @Tag("P1")
    void a_prompt_knows_nothing_of_the_one_before() {
        server.thenSay("PROMPT: a secret garden").thenSay("PROMPT: b");
        PromptWriter writer = writer().build();

        writer.write(WriteRequest.of("a secret garden"));
        writer.write(LIGHTHOUSE);

        assertThat(told(1)).noneSatisfy(message -> assertThat(message).contains("secret"));
    }

    @Test
    void an_answer_that_was_cut_short_says_so() {
        server.thenJson(
                200,
                "{'model':'stub-1','choices':[{'message':{'role':'assistant','content':'PROMPT: a light'},"
                        + "'finish_reason':'length'}]}");

        assertThat(writer().build().write(LIGHTHOUSE).warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.what()).contains("not whole", "limit of tokens"));
    }

    @Test
    @Tag("P63")
    void a_file_of_instructions_counts_at_once_unless_it_is_missing_or_empty() throws Exception {
        PromptWriter writer = writer().build();
        Path file = Files.createDirectories(library.resolve("instructions")).resolve("flux.txt");
        server.thenSay("PROMPT: a").thenSay("PROMPT: b").thenSay("PROMPT: c");

        Files.writeString(file, "  my own instructions\n");
        writer.write(WriteRequest.of("x"));
        Files.writeString(file, " \n");
        writer.write(WriteRequest.of("x"));
        Files.delete(file);
        writer.write(WriteRequest.of("x"));

        assertThat(told(0).get(0)).isEqualTo("system: my own instructions");
        assertThat(told(1).get(0)).contains("You write prompts for Flux");
        assertThat(told(2)).isEqualTo(told(1));
    }

    // Streams --------------------------------------------------------------------------------------------------------

    @Test
    @Tag("P20")
    @Tag("P56")
    @Tag("P62")
    void a_stream_tells_every_piece_and_then_the_whole() {
        server.then((asked, wire) -> {
            wire.events().piece("PROMPT: a light").piece("house");
            wire.done();
        });

        WrittenPrompt written = writer().build().stream(LIGHTHOUSE, events::add).await(LONG);

        assertThat(written.prompt()).isEqualTo("a lighthouse");
        assertThat(events)
                .containsExactly(
                        new WriterEvent.Token("PROMPT: a light"),
                        new WriterEvent.Token("house"),
                        new WriterEvent.Done(written));
        assertThat(events.get(0).toSse()).isEqualTo("data: {\"token\":\"PROMPT: a light\"}\n\n");
        assertThat(events.get(2).toSse()).isEqualTo("data: {\"done\":true}\n\n");
        assertThat(history())
                .singleElement()
                .satisfies(entry -> assertThat(entry.id()).isEqualTo(written.entry()));
    }

    @Test
    @Tag("P57")
    void a_stream_that_breaks_ends_with_an_error_and_leaves_no_history() {
        server.then((asked, wire) -> {
            wire.events().piece("PROMPT: a light");
            wire.breakOff();
        });

        WriterCall call = writer().build().stream(LIGHTHOUSE, events::add);
        ChatException failure = catchThrowableOfType(ChatException.class, () -> call.await(LONG));

        assertThat(failure.partial()).isEqualTo("PROMPT: a light");
        assertThat(call.ended()).isTrue();
        assertThat(events).containsExactly(new WriterEvent.Token("PROMPT: a light"), new WriterEvent.Failed(failure));
        assertThat(events.get(1).toJson().members()).containsOnlyKeys("error", "type");
        assertThat(history()).isEmpty();
    }

    @Test
    void a_stream_that_is_cancelled_closes_the_connection() throws Exception {
        server.then((asked, wire) -> {
            wire.events().piece("PROMPT: a light");
            wire.awaitLeaving();
        });

        WriterCall call = writer().build().stream(LIGHTHOUSE, events::add);
        call.cancel();
        ChatException failure = catchThrowableOfType(ChatException.class, () -> call.await(LONG));

        assertThat(failure.error()).isEqualTo(ChatError.CANCELLED);
        call.cancel();
    }

    @Test
    void a_listener_that_throws_is_told_the_rest_all_the_same() {
        server.then((asked, wire) -> {
            wire.events().piece("PROMPT: a");
            wire.done();
        });

        WrittenPrompt written = writer().build().stream(LIGHTHOUSE, event -> {
                    events.add(event);
                    throw new IllegalStateException("theirs");
                })
                .await(LONG);

        assertThat(events).hasSize(2).last().isEqualTo(new WriterEvent.Done(written));
    }

    @Test
    void a_listener_that_throws_an_error_keeps_nobody_waiting() {
        server.thenSay("PROMPT: a");

        WrittenPrompt written = writer().build().stream(LIGHTHOUSE, event -> {
                    events.add(event);
                    throw new AssertionError("theirs");
                })
                .await(LONG);

        assertThat(events).last().isEqualTo(new WriterEvent.Done(written));
    }

    // What goes wrong ------------------------------------------------------------------------------------------------

    @Test
    @Tag("P33")
    @Tag("P58")
    @Tag("P59")
    void a_blank_idea_is_refused_before_anybody_is_asked() {
        PromptWriter writer = writer().build();

        ChatException refused =
                catchThrowableOfType(ChatException.class, () -> writer.write(WriteRequest.of(" \n\t ")));
        ChatException streamed =
                catchThrowableOfType(ChatException.class, () -> writer.stream(WriteRequest.of(""), events::add));

        assertThat(refused.toJson().text("message")).contains("Please provide a description");
        assertThat(refused.toJson().text("status")).contains("400");
        assertThat(streamed.error()).isEqualTo(ChatError.BAD_REQUEST);
        assertThat(events).isEmpty();
        assertThat(server.asked()).isEmpty();
    }

    @Test
    @Tag("P35")
    void an_error_of_the_server_keeps_its_kind_and_leaves_no_history() {
        server.thenJson(404, "{'error':{'message':'model m not found'}}").thenSay(" ");
        PromptWriter writer = writer().build();

        ChatException missing = catchThrowableOfType(ChatException.class, () -> writer.write(LIGHTHOUSE));
        ChatException wordless = catchThrowableOfType(ChatException.class, () -> writer.write(LIGHTHOUSE));

        assertThat(missing.error()).isEqualTo(ChatError.MODEL_NOT_FOUND);
        assertThat(wordless.error()).isEqualTo(ChatError.BAD_ANSWER);
        assertThat(history()).isEmpty();
    }

    @Test
    @Tag("P39")
    void a_history_that_refuses_never_fails_a_prompt() {
        server.thenSay("PROMPT: a lighthouse");
        PromptWriter writer = writer().build();
        gaze.close();

        WrittenPrompt written = writer.write(LIGHTHOUSE);

        assertThat(written.prompt()).isEqualTo("a lighthouse");
        assertThat(written.entry()).isNull();
    }

    @Test
    @Tag("P74")
    void a_text_that_is_too_long_is_refused_before_anybody_is_asked() {
        WriteRequest book = WriteRequest.of("a".repeat(1_000_000));
        PromptWriter writer = writer().longest(30).build();

        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> writer().build().write(book),
                () -> writer().build().stream(book, events::add),
                () -> writer().build().conversation().send(book),
                () -> writer().build().describe(ChatImage.of(PNG), book),
                () -> writer.write(WriteRequest.of("a".repeat(31))))) {
            ChatException refused = catchThrowableOfType(ChatException.class, call);
            assertThat(refused.error()).isEqualTo(ChatError.BAD_REQUEST);
            assertThat(refused).hasMessageContaining("are the most");
        }
        assertThat(server.asked()).isEmpty();
        server.thenSay("PROMPT: b");
        assertThat(writer.write(WriteRequest.of(" ".repeat(99) + "a".repeat(30)))
                        .prompt())
                .isEqualTo("b");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> writer().longest(0).build());
    }

    @Test
    @Tag("P77")
    void gaze_itself_adds_far_less_than_100_milliseconds_to_a_prompt() {
        PromptWriter writer = writer().build();
        WriteRequest rich = LIGHTHOUSE.presets(
                PresetSelection.Hierarchical.in("photography").type("wildlife").universal("time", "dawn"));
        List<Duration> taken = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            server.thenSay("PROMPT: masterpiece, lighthouse\\nNEGATIVE: blurry");
            long begin = System.nanoTime();
            writer.write(rich);
            taken.add(Duration.ofNanos(System.nanoTime() - begin));
        }

        assertThat(taken).as("the quickest: a busy machine slows some").anyMatch(time -> time.toMillis() < 100);
    }
}
