package dev.gaze.llm.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gaze.api.Gaze;
import dev.gaze.api.chat.ChatCall;
import dev.gaze.api.chat.ChatError;
import dev.gaze.api.chat.ChatEvent;
import dev.gaze.api.chat.ChatException;
import dev.gaze.api.chat.ChatImage;
import dev.gaze.api.chat.ChatModels;
import dev.gaze.api.chat.ChatReply;
import dev.gaze.api.chat.ChatRequest;
import dev.gaze.api.chat.Llm;
import dev.gaze.api.history.History;
import dev.gaze.api.history.HistoryEntry;
import dev.gaze.api.history.HistoryMode;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.plugin.Extension;
import dev.gaze.api.plugin.GazePlugin;
import dev.gaze.api.preset.PresetSelection;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.writer.PromptTarget;
import dev.gaze.api.writer.PromptWriter;
import dev.gaze.api.writer.RateLimit;
import dev.gaze.api.writer.WriteOutcome;
import dev.gaze.api.writer.WriteRequest;
import dev.gaze.api.writer.WriterCall;
import dev.gaze.api.writer.WriterEvent;
import dev.gaze.api.writer.WrittenPrompt;
import dev.gaze.llm.stub.StubServer;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Prompts written in one go. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PromptWriterTest extends WriterTesting {
    private static final WriteRequest LIGHTHOUSE =
            WriteRequest.of("  a lighthouse ").target("sdxl");

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 0};

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

        assertThat(taken.stream().sorted().skip(7).findFirst().orElseThrow()).isLessThan(Duration.ofMillis(100));
    }

    // Many, limits, cache, pictures ----------------------------------------------------------------------------------

    @Test
    @Tag("P69")
    void of_many_each_may_fail_alone() {
        server.thenSay("PROMPT: one").thenJson(500, "{'error':'busy'}").thenSay("PROMPT: three");

        List<WriteOutcome> outcomes = writer().build()
                .writeAll(List.of(
                        WriteRequest.of("1"), WriteRequest.of("2"), WriteRequest.of(" "), WriteRequest.of("3")));

        assertThat(outcomes).extracting(outcome -> outcome.request().text()).containsExactly("1", "2", "", "3");
        assertThat(outcomes)
                .hasExactlyElementsOfTypes(
                        WriteOutcome.Written.class,
                        WriteOutcome.Failed.class,
                        WriteOutcome.Failed.class,
                        WriteOutcome.Written.class);
        assertThat(((WriteOutcome.Written) outcomes.get(3)).prompt().prompt()).isEqualTo("three");
        assertThat(history()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @Tag("P69")
    void a_fault_costs_its_own_prompt_alone(int atOnce) {
        server.always((asked, wire) ->
                wire.json(200, "{\"model\":\"m\",\"choices\":[{\"message\":{\"content\":\"PROMPT: a\"}}]}"));
        Llm faulty = new Llm() {
            @Override
            public ChatModels models() {
                return llm.models();
            }

            @Override
            public ChatReply complete(ChatRequest request) {
                if (request.messages().toString().contains("fault")) {
                    throw new IllegalStateException("a plugin's own");
                }
                return llm.complete(request);
            }

            @Override
            public ChatCall stream(ChatRequest request, Consumer<ChatEvent> listener) {
                return llm.stream(request, listener);
            }

            @Override
            public void close() {}
        };

        List<WriteOutcome> outcomes = gaze.writer(faulty)
                .build()
                .writeAll(
                        List.of(WriteRequest.of("one"), WriteRequest.of("a fault"), WriteRequest.of("two")),
                        atOnce,
                        outcome -> {});

        assertThat(outcomes)
                .hasExactlyElementsOfTypes(
                        WriteOutcome.Written.class, WriteOutcome.Failed.class, WriteOutcome.Written.class);
        assertThat(((WriteOutcome.Failed) outcomes.get(1)).failure())
                .isInstanceOfSatisfying(
                        ChatException.class,
                        failure -> assertThat(failure.error()).isEqualTo(ChatError.UNEXPECTED));
    }

    @Test
    @Tag("P39")
    void a_history_of_somebodys_own_that_fails_costs_no_prompt() {
        server.thenSay("PROMPT: a").thenSay("PROMPT: b");
        History failing = (History) Proxy.newProxyInstance(
                History.class.getClassLoader(), new Class<?>[] {History.class}, (self, method, arguments) -> {
                    throw new IllegalStateException("their database is away");
                });
        PromptWriter writer = writer().history(failing).build();

        for (WrittenPrompt written :
                List.of(writer.write(LIGHTHOUSE), writer.conversation().send(LIGHTHOUSE))) {
            assertThat(written.prompt()).isIn("a", "b");
            assertThat(written.entry()).isNull();
            assertThat(written.warnings())
                    .extracting(Problem::what)
                    .containsExactly("The prompt could not be written into the history");
        }
    }

    @Test
    @Tag("P39")
    void a_kept_answer_under_another_parent_is_another_entry_in_the_history() {
        server.thenSay("PROMPT: first").thenSay("PROMPT: lighthouse");
        PromptWriter writer = writer().cached(10).build();
        WrittenPrompt first = writer.write(WriteRequest.of("first"));

        WrittenPrompt alone = writer.write(LIGHTHOUSE);
        WrittenPrompt child = writer.write(LIGHTHOUSE.refining(first.entry()));

        assertThat(server.asked()).hasSize(2);
        assertThat(child.prompt()).isEqualTo("lighthouse");
        assertThat(child.entry()).isNotEqualTo(alone.entry());
        assertThat(gaze.history().get(child.entry()).note().parent()).isEqualTo(first.entry());
        assertThat(gaze.history().get(alone.entry()).note().parent()).isNull();
        assertThat(writer.write(LIGHTHOUSE.refining(first.entry()))).isEqualTo(child);
        assertThat(history()).hasSize(3);
    }

    @Test
    @Tag("P69")
    void several_are_written_at_once_and_told_as_they_come() throws Exception {
        CountDownLatch bothAsked = new CountDownLatch(2);
        StubServer.Script together = (asked, wire) -> {
            bothAsked.countDown();
            if (!bothAsked.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("They were asked one behind the other");
            }
            wire.json(200, "{\"model\":\"m\",\"choices\":[{\"message\":{\"content\":\"PROMPT: a\"}}]}");
        };
        server.then(together).then(together).thenSay("PROMPT: a");
        List<WriteOutcome> told = Collections.synchronizedList(new ArrayList<>());
        List<WriteRequest> requests =
                List.of(WriteRequest.of("1"), WriteRequest.of(" "), WriteRequest.of("2"), WriteRequest.of("3"));

        List<WriteOutcome> outcomes = writer().build().writeAll(requests, 2, outcome -> {
            told.add(outcome);
            throw new IllegalStateException("a listener that fails");
        });

        assertThat(outcomes).extracting(WriteOutcome::request).containsExactlyElementsOf(requests);
        assertThat(outcomes)
                .hasExactlyElementsOfTypes(
                        WriteOutcome.Written.class,
                        WriteOutcome.Failed.class,
                        WriteOutcome.Written.class,
                        WriteOutcome.Written.class);
        assertThat(told).containsExactlyInAnyOrderElementsOf(outcomes);
        assertThatIllegalArgumentException().isThrownBy(() -> writer().build().writeAll(requests, 0, outcome -> {}));
    }

    @Test
    @Tag("P69")
    void an_interrupt_gives_up_what_is_being_written_at_once() {
        Thread me = Thread.currentThread();
        server.then((asked, wire) -> me.interrupt());

        List<WriteOutcome> outcomes = writer().build()
                .writeAll(List.of(WriteRequest.of("1"), WriteRequest.of("2"), WriteRequest.of("3")), 2, outcome -> {});

        assertThat(Thread.interrupted()).isTrue();
        assertThat(outcomes).hasSize(3).hasOnlyElementsOfType(WriteOutcome.Failed.class);
    }

    @Test
    @Tag("P69")
    void an_interrupt_stops_the_rest_of_many() {
        Thread.currentThread().interrupt();

        List<WriteOutcome> outcomes = writer().build().writeAll(List.of(WriteRequest.of("1"), WriteRequest.of("2")));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(outcomes)
                .allSatisfy(outcome -> assertThat(((ChatException) ((WriteOutcome.Failed) outcome).failure()).error())
                        .isEqualTo(ChatError.CANCELLED));
        assertThat(server.asked()).isEmpty();
    }

    @Test
    @Tag("P71")
    void a_rate_limit_is_off_until_somebody_sets_it() {
        for (int i = 0; i < 13; i++) {
            server.thenSay("PROMPT: a");
        }
        PromptWriter free = writer().build();
        PromptWriter limited = writer().rateLimit(new RateLimit(1, 5, 5)).build();
        for (int i = 0; i < 12; i++) {
            free.write(LIGHTHOUSE);
        }

        limited.write(LIGHTHOUSE);
        ChatException refused = catchThrowableOfType(ChatException.class, () -> limited.write(LIGHTHOUSE));

        assertThat(refused.error()).isEqualTo(ChatError.RATE_LIMITED);
        assertThat(server.asked()).hasSize(13);
    }

    @Test
    @Tag("P36")
    @Tag("P71")
    @Tag("P72")
    void the_settings_of_the_library_may_limit_and_cache() throws Exception {
        gaze.close();
        Files.writeString(
                library.resolve("gaze.json"),
                "{\"writer\": {\"rateLimit\": {\"minute\": 2}, \"cached\": 5, \"longest\": 20}}");
        gaze = Gaze.builder().library(library).onlyGivenPlugins().open();
        PromptWriter writer = writer().build();
        server.thenSay("PROMPT: a").thenSay("PROMPT: b");

        assertThat(writer.write(LIGHTHOUSE)).isEqualTo(writer.write(LIGHTHOUSE));
        writer.write(WriteRequest.of("a storm"));

        for (String refused : List.of("a third one", "a".repeat(21))) {
            assertThat(catchThrowableOfType(ChatException.class, () -> writer.write(WriteRequest.of(refused))))
                    .isNotNull();
        }
        assertThat(server.asked()).hasSize(2);
    }

    @Test
    @Tag("P72")
    void a_cache_gives_the_same_answer_to_the_same_request_and_is_off_by_default() {
        server.thenSay("PROMPT: one")
                .thenSay("PROMPT: two")
                .thenSay("PROMPT: three")
                .thenSay("PROMPT: four");
        PromptWriter fresh = writer().build();
        PromptWriter cached = writer().cached(10).build();

        assertThat(fresh.write(LIGHTHOUSE)).isNotEqualTo(fresh.write(LIGHTHOUSE));
        WrittenPrompt first = cached.write(LIGHTHOUSE);
        assertThat(cached.write(LIGHTHOUSE)).isEqualTo(first);
        assertThat(cached.stream(LIGHTHOUSE, events::add).await(LONG)).isEqualTo(first);
        assertThat(events).containsExactly(new WriterEvent.Token(first.text()), new WriterEvent.Done(first));
        assertThat(cached.write(LIGHTHOUSE.target("flux")).prompt()).isEqualTo("four");
    }

    @Test
    @Tag("P68")
    void a_picture_is_described_as_a_prompt() {
        server.thenSay("PROMPT: a lighthouse\\nNEGATIVE: blurry");

        WrittenPrompt written = writer().build()
                .describe(ChatImage.of(PNG), WriteRequest.of("mind the sky").target("sdxl"));

        assertThat(written.prompt()).isEqualTo("a lighthouse");
        assertThat(server.asked(0).body()).contains("data:image/png;base64,", "mind the sky");
        assertThat(history())
                .singleElement()
                .satisfies(entry -> assertThat(entry.note().input()).isEqualTo("mind the sky"));
    }

    @Test
    @Tag("P62")
    @Tag("P68")
    void a_description_may_be_streamed_and_needs_no_words() {
        server.then((asked, wire) -> {
            wire.events().piece("PROMPT: a ").piece("lighthouse");
            wire.done();
        });

        WrittenPrompt written = writer().build()
                .describe(ChatImage.of(PNG), WriteRequest.of(" "), events::add)
                .await(LONG);

        assertThat(written.prompt()).isEqualTo("a lighthouse");
        assertThat(events)
                .containsExactly(
                        new WriterEvent.Token("PROMPT: a "),
                        new WriterEvent.Token("lighthouse"),
                        new WriterEvent.Done(written));
        assertThat(server.asked(0).body()).contains("data:image/png;base64,", "Look at this picture");
    }
}
