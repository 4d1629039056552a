package dev.gaze.llm.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gaze.api.chat.ChatError;
import dev.gaze.api.chat.ChatException;
import dev.gaze.api.history.HistoryEntry;
import dev.gaze.api.history.HistoryMode;
import dev.gaze.api.preset.PresetSelection;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.writer.Conversation;
import dev.gaze.api.writer.ConversationId;
import dev.gaze.api.writer.ConversationState;
import dev.gaze.api.writer.ConversationState.Said;
import dev.gaze.api.writer.ConversationState.Speaker;
import dev.gaze.api.writer.ConversationStore;
import dev.gaze.api.writer.PromptWriter;
import dev.gaze.api.writer.WriteRequest;
import dev.gaze.api.writer.WriterCall;
import dev.gaze.api.writer.WriterEvent;
import dev.gaze.api.writer.WrittenPrompt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Prompts that are talked about until they are right. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ConversationTest extends WriterTesting {

    private static List<Speaker> speakers(Conversation conversation) {
        return conversation.messages().stream().map(Said::by).toList();
    }

    @Test
    @Tag("P21")
    @Tag("P51")
    @Tag("P52")
    void every_message_is_sent_with_all_that_was_said_before() {
        server.thenSay("PROMPT: one").thenSay("PROMPT: two");
        Conversation conversation = writer().build().conversation();

        WrittenPrompt first = conversation.send(WriteRequest.of("a lighthouse").target("sdxl"));
        WrittenPrompt second = conversation.send(
                WriteRequest.of("brighter").presets(new PresetSelection.Flat(Map.of("lighting", "Neon"))));

        assertThat(told(0)).hasSize(2);
        assertThat(told(0).get(0)).startsWith("system: ").contains("SDXL", "two or three options");
        assertThat(told(1))
                .containsExactly(
                        told(0).get(0),
                        "user: a lighthouse",
                        "assistant: PROMPT: one",
                        "user: brighter\n\n[Selected presets: Lighting: neon lighting, colored glow, wet reflections]");
        assertThat(speakers(conversation))
                .containsExactly(Speaker.SYSTEM, Speaker.USER, Speaker.ASSISTANT, Speaker.USER, Speaker.ASSISTANT);
        HistoryEntry entry = gaze.history().get(second.entry());
        assertThat(entry.note().mode()).isEqualTo(HistoryMode.CHAT);
        assertThat(entry.note().input()).isEqualTo("brighter");
        assertThat(entry.note().parent()).isEqualTo(first.entry());
    }

    @Test
    @Tag("P23")
    void a_reset_starts_over() {
        server.thenSay("PROMPT: one").thenSay("PROMPT: two");
        Conversation conversation = writer().build().conversation();
        conversation.send("a lighthouse");

        conversation.reset();

        assertThat(conversation.messages()).isEmpty();
        WrittenPrompt anew = conversation.send("a mill");
        assertThat(told(1)).hasSize(2).last().isEqualTo("user: a mill");
        assertThat(gaze.history().get(anew.entry()).note().parent()).isNull();
        conversation.reset();
        conversation.reset();
    }

    @Test
    @Tag("P53")
    void another_target_begins_anew_and_no_target_stays() {
        server.thenSay("PROMPT: 1").thenSay("PROMPT: 2").thenSay("PROMPT: 3");
        Conversation conversation = writer().build().conversation();

        conversation.send(WriteRequest.of("a lighthouse").target("sdxl"));
        conversation.send(WriteRequest.of("brighter"));
        WrittenPrompt flux = conversation.send(WriteRequest.of("a mill").target("flux"));

        assertThat(told(1)).hasSize(4);
        assertThat(told(2)).hasSize(2);
        assertThat(told(2).get(0)).contains("Flux");
        assertThat(flux.target()).isEqualTo("flux");
        assertThat(conversation.messages()).hasSize(3);
    }

    @Test
    @Tag("P54")
    void a_long_conversation_keeps_its_instructions_and_twenty_messages() {
        Conversation conversation = writer().build().conversation();
        for (int i = 1; i <= 12; i++) {
            server.thenSay("PROMPT: " + i);
            conversation.send("question " + i);
        }

        assertThat(told(9)).hasSize(20); // 9 pairs and the tenth question
        assertThat(told(10)).hasSize(20).contains("user: question 2").doesNotContain("user: question 1");
        assertThat(told(11)).hasSize(20).element(1).isEqualTo("user: question 3");
        assertThat(conversation.messages()).hasSize(21);
        assertThat(conversation.messages().get(0).by()).isEqualTo(Speaker.SYSTEM);
    }

    @Test
    @Tag("P55")
    void a_conversation_outlives_its_writer_and_is_found_by_its_name() {
        server.thenSay("PROMPT: one").thenSay("PROMPT: two");
        ConversationId id = writer().build().conversation().id();
        writer().build().conversation(id).send("a lighthouse");

        writer().build().conversation(id).send("brighter");

        assertThat(told(1)).hasSize(4);
        assertThat(gaze.conversations().find(id)).isPresent();
        assertThat(writer().build()
                        .conversation(new ConversationId("0".repeat(32)))
                        .messages())
                .isEmpty();
    }

    @Test
    @Tag("P55")
    void conversations_in_memory_are_dropped_when_idle_for_a_day() {
        ConversationStore memory = new MemoryConversations();
        Instant noon = Instant.parse("2026-11-21T12:00:00Z");
        ConversationState old = state(1, noon.minus(Duration.ofHours(24)).minusMillis(1));
        ConversationState young = state(2, noon.minus(Duration.ofHours(24)));
        memory.save(old);
        memory.save(young);
        assertThat(memory.find(old.id())).contains(old);

        memory.save(state(3, noon));

        assertThat(memory.find(old.id())).isEmpty();
        assertThat(memory.delete(young.id())).isTrue();
        assertThat(memory.delete(young.id())).isFalse();
    }

    private static ConversationState state(long seed, Instant used) {
        return new ConversationState(ConversationId.draw(new Random(seed)), "flux", List.of(), null, used);
    }

    // Streams --------------------------------------------------------------------------------------------------------

    @Test
    @Tag("P22")
    @Tag("P57")
    void a_stream_has_updated_everything_when_it_tells_its_end() throws Exception {
        server.then((asked, wire) -> {
            wire.events().piece("PROMPT: a").piece(" mill");
            wire.done();
        });
        Conversation conversation = writer().build().conversation();
        CountDownLatch looked = new CountDownLatch(1);

        WriterCall call = conversation.stream(WriteRequest.of("a mill"), event -> {
            events.add(event);
            if (event instanceof WriterEvent.Done
                    && conversation.messages().size() == 3
                    && history().size() == 1) {
                looked.countDown();
            }
        });

        assertThat(call.await(LONG).prompt()).isEqualTo("a mill");
        assertThat(looked.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(events).hasSize(3);
    }

    @Test
    @Tag("P57")
    void what_arrived_before_a_stream_broke_is_kept() {
        server.then((asked, wire) -> {
                    wire.events().piece("PROMPT: half a");
                    wire.breakOff();
                })
                .thenSay("PROMPT: whole");
        Conversation conversation = writer().build().conversation();

        WriterCall call = conversation.stream(WriteRequest.of("a mill"), events::add);
        catchThrowableOfType(ChatException.class, () -> call.await(LONG));

        assertThat(conversation.messages().get(2)).isEqualTo(new Said(Speaker.ASSISTANT, "PROMPT: half a"));
        assertThat(history()).singleElement().satisfies(entry -> {
            assertThat(entry.note().output()).isEqualTo("PROMPT: half a");
            assertThat(entry.note().mode()).isEqualTo(HistoryMode.CHAT);
        });
        conversation.send("go on");
        assertThat(told(1)).hasSize(4);
    }

    @Test
    @Tag("P35")
    void a_message_without_any_answer_was_never_said() {
        server.thenJson(500, "{'error':'busy'}").thenSay("PROMPT: one");
        Conversation conversation = writer().build().conversation();

        ChatException failure = catchThrowableOfType(ChatException.class, () -> conversation.send("a mill"));
        assertThat(failure.error().status()).isEqualTo(502);
        assertThat(conversation.messages()).isEmpty();
        assertThat(history()).isEmpty();

        conversation.send("a mill");
        assertThat(told(1)).hasSize(2);
    }

    @Test
    void while_an_answer_is_on_its_way_nothing_else_is_said() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        server.then((request, wire) -> {
            wire.events().piece("PROMPT: a");
            asked.countDown();
            wire.awaitLeaving();
        });
        PromptWriter writer = writer().build();
        Conversation conversation = writer.conversation();
        WriterCall call = conversation.stream(WriteRequest.of("a mill"), events::add);
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

        for (GazeException refused : List.of(
                catchThrowableOfType(GazeException.class, () -> conversation.send("more")),
                catchThrowableOfType(
                        GazeException.class,
                        () -> writer.conversation(conversation.id()).send("more")),
                catchThrowableOfType(GazeException.class, conversation::reset))) {
            assertThat(refused.kind()).isEqualTo(GazeException.Kind.CONFLICT);
        }

        call.cancel();
        catchThrowableOfType(ChatException.class, () -> call.await(LONG));
        conversation.reset();
        assertThat(conversation.messages()).isEmpty();
    }

    @Test
    @Tag("P33")
    void a_blank_message_is_refused() {
        Conversation conversation = writer().build().conversation();

        ChatException refused = catchThrowableOfType(ChatException.class, () -> conversation.send("  "));

        assertThat(refused.error()).isEqualTo(ChatError.BAD_REQUEST);
        assertThat(refused).hasMessageContaining("Please provide a message");
        conversation.reset();
    }

    @Test
    void a_store_that_refuses_costs_no_answer() {
        server.thenSay("PROMPT: one");
        ConversationStore full = new ConversationStore() {
            @Override
            public Optional<ConversationState> find(ConversationId id) {
                return Optional.empty();
            }

            @Override
            public void save(ConversationState conversation) {
                throw new IllegalStateException("full");
            }

            @Override
            public boolean delete(ConversationId id) {
                return false;
            }
        };

        WrittenPrompt written =
                writer().conversations(full).build().conversation().send("a mill");

        assertThat(written.prompt()).isEqualTo("one");
        assertThat(written.warnings()).singleElement().asString().contains("could not be kept");
    }
}
