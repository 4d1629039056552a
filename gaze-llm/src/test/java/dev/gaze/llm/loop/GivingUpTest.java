package dev.gaze.llm.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.gaze.api.chat.ChatCall;
import dev.gaze.api.chat.ChatError;
import dev.gaze.api.chat.ChatEvent;
import dev.gaze.api.chat.ChatException;
import dev.gaze.api.chat.ChatRequest;
import dev.gaze.api.chat.ChatSettings;
import dev.gaze.api.chat.Llm;
import dev.gaze.api.problem.GazeException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How long an answer may take, and how it is stopped. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class GivingUpTest extends FailureTesting {
    // Time and cancelling --------------------------------------------------------------------------------------------

    @Test
    @Tag("P45")
    @Tag("P46")
    void a_server_that_sends_nothing_for_two_minutes_is_given_up() {
        server.then((asked, wire) -> wire.awaitLeaving());
        Llm llm = open(settings(), time);

        ChatCall call = llm.stream(ChatRequest.of("hi"), events::add);
        await().until(() -> server.asked().size() == 1);
        time.advance(Duration.ofSeconds(119));
        assertThat(call.ended()).isFalse();
        time.advance(Duration.ofSeconds(2));

        ChatException failure = catchThrowableOfType(ChatException.class, () -> call.await(LONG));
        assertThat(failure.error()).isEqualTo(ChatError.TIMEOUT);
        assertThat(failure.error().status()).isEqualTo(504);
        assertThat(failure).hasMessageContaining("120 s");
    }

    @Test
    void signs_of_life_begin_the_silence_anew_until_the_whole_takes_too_long() throws Exception {
        CountDownLatch leaving = new CountDownLatch(1);
        server.then((asked, wire) -> {
            wire.events().piece("so far");
            wire.awaitLeaving();
            leaving.countDown();
        });
        ChatSettings.Limits usual = patient(Duration.ZERO);
        Llm llm = open(
                settings()
                        .withLimits(new ChatSettings.Limits(
                                usual.connect(), Duration.ofHours(1), Duration.ofMinutes(5), 1, Duration.ZERO, 1000)),
                time);

        ChatCall call = llm.stream(ChatRequest.of("hi"), events::add);
        await().until(() -> events.contains(new ChatEvent.Token("so far")));
        time.advance(Duration.ofMinutes(4));
        assertThat(call.ended()).isFalse();
        time.advance(Duration.ofMinutes(2));

        ChatException failure = catchThrowableOfType(ChatException.class, () -> call.await(LONG));
        assertThat(failure.error()).isEqualTo(ChatError.TIMEOUT);
        assertThat(failure).hasMessageContaining("longer than 300 s");
        assertThat(failure.partial()).isEqualTo("so far");
        assertThat(leaving.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @Tag("P56")
    void cancelling_closes_the_socket_and_keeps_what_had_come() throws Exception {
        server.then((asked, wire) -> {
            wire.events().piece("so far");
            wire.awaitLeaving();
        });
        Llm llm = open(settings(), machine);
        ChatCall call = llm.stream(ChatRequest.of("hi"), events::add);
        await().until(() -> events.contains(new ChatEvent.Token("so far")));

        call.cancel();

        assertThat(server.sawLeaving()).isTrue();
        ChatException failure = catchThrowableOfType(ChatException.class, () -> call.await(LONG));
        assertThat(failure.error()).isEqualTo(ChatError.CANCELLED);
        assertThat(failure.partial()).isEqualTo("so far");
        assertThat(events).last().isEqualTo(new ChatEvent.Failed(failure));
        call.cancel();
    }

    @Test
    void cancelling_before_the_first_byte_or_during_a_pause_ends_it_too() throws Exception {
        server.then((asked, wire) -> wire.awaitLeaving());
        Llm llm = open(settings().withLimits(patient(Duration.ofHours(1))), time);
        ChatCall silent = llm.stream(ChatRequest.of("hi"), events::add);
        await().until(() -> server.asked().size() == 1);
        silent.cancel();
        assertThat(server.sawLeaving()).isTrue();
        assertThat(catchThrowableOfType(ChatException.class, () -> silent.await(LONG))
                        .error())
                .isEqualTo(ChatError.CANCELLED);

        server.thenJson(503, "{}", "Retry-After: 300");
        ChatCall pausing = llm.stream(ChatRequest.of("hi"), events::add);
        await().until(() -> events.stream().anyMatch(ChatEvent.Retrying.class::isInstance));
        pausing.cancel();
        assertThat(catchThrowableOfType(ChatException.class, () -> pausing.await(LONG))
                        .error())
                .isEqualTo(ChatError.CANCELLED);
    }

    @Test
    void interrupting_the_thread_that_waits_for_a_plain_answer_cancels_it() throws Exception {
        server.then((asked, wire) -> wire.awaitLeaving());
        Llm llm = open(settings(), machine);
        CompletableFuture<ChatError> told = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            try {
                llm.complete(ChatRequest.of("hi"));
            } catch (ChatException failure) {
                told.complete(Thread.currentThread().isInterrupted() ? failure.error() : null);
            }
        });
        waiting.start();
        await().until(() -> server.asked().size() == 1);

        waiting.interrupt();

        assertThat(told.get(5, TimeUnit.SECONDS)).isEqualTo(ChatError.CANCELLED);
        assertThat(server.sawLeaving()).isTrue();
    }

    @Test
    void closing_ends_what_is_under_way_and_everything_after() throws Exception {
        server.then((asked, wire) -> wire.awaitLeaving());
        Llm llm = open(settings(), machine);
        ChatCall call = llm.stream(ChatRequest.of("hi"), events::add);
        await().until(() -> server.asked().size() == 1);

        llm.close();
        llm.close();

        assertThat(server.sawLeaving()).isTrue();
        assertThat(catchThrowableOfType(ChatException.class, () -> call.await(LONG))
                        .error())
                .isEqualTo(ChatError.CANCELLED);
        assertThat(catchThrowableOfType(ChatException.class, () -> llm.complete(ChatRequest.of("hi")))
                        .error())
                .isEqualTo(ChatError.CANCELLED);
        assertThat(catchThrowableOfType(ChatException.class, llm::models).error())
                .isEqualTo(ChatError.CANCELLED);
    }

    @Test
    void waiting_for_an_answer_has_an_end_of_its_own() {
        server.then((asked, wire) -> wire.awaitLeaving());
        ChatCall call = open(settings(), machine).stream(ChatRequest.of("hi"), events::add);

        GazeException passed = catchThrowableOfType(GazeException.class, () -> call.await(Duration.ofMillis(20)));

        assertThat(passed.kind()).isEqualTo(GazeException.Kind.TIMEOUT);
        assertThat(call.ended()).isFalse();
    }

    // The list of models ---------------------------------------------------------------------------------------------

    @Test
    @Tag("P45")
    void a_list_of_models_that_never_ends_is_given_up() throws Exception {
        ChatSettings.Limits usual = ChatSettings.Limits.DEFAULT;
        Llm llm = open(
                settings()
                        .withLimits(new ChatSettings.Limits(
                                usual.connect(),
                                Duration.ofSeconds(90),
                                Duration.ofSeconds(20),
                                1,
                                Duration.ZERO,
                                usual.maxAnswerBytes())),
                time);
        server.then((asked, wire) ->
                wire.begin(200, "application/json").text("{\"data\":[").awaitLeaving());
        CompletableFuture<Object> models = CompletableFuture.supplyAsync(llm::models);
        await().until(() -> server.asked().size() == 1);

        time.advance(Duration.ofSeconds(20));

        assertThatThrownBy(() -> models.get(10, TimeUnit.SECONDS))
                .cause()
                .hasMessageContaining("took longer than 20 s")
                .extracting(failure -> ((ChatException) failure).error())
                .isEqualTo(ChatError.TIMEOUT);
        assertThat(server.sawLeaving()).isTrue();
    }

    @Test
    void a_list_of_models_is_given_up_when_whoever_waits_is_interrupted() throws Exception {
        Llm llm = open(settings(), machine);
        server.then((asked, wire) ->
                wire.begin(200, "application/json").text("{\"data\":[").awaitLeaving());
        CompletableFuture<ChatException> failure = new CompletableFuture<>();
        Thread waiting = new Thread(
                () -> failure.complete(catchThrowableOfType(ChatException.class, llm::models)), "waits-for-models");
        waiting.start();
        await().until(() -> server.asked().size() == 1);

        waiting.interrupt();

        assertThat(failure.get(10, TimeUnit.SECONDS).error()).isEqualTo(ChatError.CANCELLED);
        assertThat(server.sawLeaving()).isTrue();
    }
}
