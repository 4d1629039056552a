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
import dev.gaze.api.problem.Problem;
import dev.gaze.api.writer.PromptWriter;
import dev.gaze.api.writer.RateLimit;
import dev.gaze.api.writer.WriteOutcome;
import dev.gaze.api.writer.WriteRequest;
import dev.gaze.api.writer.WriterEvent;
import dev.gaze.api.writer.WrittenPrompt;
import dev.gaze.llm.stub.StubServer;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many prompts, limits and caches, and pictures described. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ManyPromptsTest extends WriterTesting {
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
    @Tag("P72")
    void an_answer_that_is_not_whole_is_not_kept() {
        server.thenJson(
                200,
                "{'model':'stub-1','choices':[{'message':{'role':'assistant','content':'PROMPT: a light'},"
                        + "'finish_reason':'length'}]}");
        server.thenSay("PROMPT: a lighthouse");
        PromptWriter cached = writer().cached(10).build();

        assertThat(cached.write(LIGHTHOUSE).prompt()).isEqualTo("a light");
        assertThat(cached.write(LIGHTHOUSE).prompt()).isEqualTo("a lighthouse");
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
