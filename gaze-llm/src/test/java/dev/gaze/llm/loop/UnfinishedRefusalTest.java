package dev.gaze.llm.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.gaze.api.chat.ChatCall;
import dev.gaze.api.chat.ChatError;
import dev.gaze.api.chat.ChatEvent;
import dev.gaze.api.chat.ChatException;
import dev.gaze.api.chat.ChatRequest;
import dev.gaze.api.chat.ChatSettings;
import dev.gaze.api.chat.Llm;
import dev.gaze.llm.stub.StubServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Refusals whose status comes and whose words do not, or not all of them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class UnfinishedRefusalTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final WatchedTime time = new WatchedTime();
    private final StubServer server = new StubServer();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final AtomicInteger looksBefore = new AtomicInteger();
    private final List<ChatEvent> events = Collections.synchronizedList(new ArrayList<>());
    private final List<Llm> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(Llm::close);
        server.close();
    }

    private Llm open(int attempts, Duration silence, Duration total) {
        ChatSettings.Limits usual = ChatSettings.Limits.DEFAULT;
        Llm llm = new ToolLoop(
                ChatSettings.openAi(server.url("/v1"), "m", null)
                        .withLimits(new ChatSettings.Limits(
                                usual.connect(), silence, total, attempts, Duration.ZERO, usual.maxAnswerBytes())),
                time);
        opened.add(llm);
        return llm;
    }

    private StubServer refuseWithoutEnd() {
        return server.then((asked, wire) -> {
            looksBefore.set(time.looks());
            wire.begin(503, "text/plain").text("still loading");
            begun.countDown();
            wire.awaitLeaving();
        });
    }

    private static ChatException failure(ChatCall call) {
        return catchThrowableOfType(ChatException.class, () -> call.await(LONG));
    }

    @Test
    @Tag("P45")
    void the_silence_counts_while_the_words_of_a_refusal_are_awaited() throws Exception {
        refuseWithoutEnd();
        ChatCall call = open(1, Duration.ofMinutes(2), Duration.ofDays(30)).stream(ChatRequest.of("hi"), events::add);
        assertThat(begun.await(5, TimeUnit.SECONDS)).isTrue();

        await().until(() -> time.looks() > looksBefore.get()); // the status was heard
        await().until(
                        () -> { // the words may not be awaited yet
                            time.advance(Duration.ofMinutes(3));
                            return call.ended();
                        });

        assertThat(failure(call).error()).isEqualTo(ChatError.RATE_LIMITED);
        assertThat(failure(call)).hasMessageContaining("status 503").hasMessageContaining("still loading");
        assertThat(server.sawLeaving()).isTrue();
    }

    @Test
    @Tag("P47")
    void a_refusal_that_breaks_off_is_asked_again_as_its_status_says() {
        server.then((asked, wire) -> {
            wire.begin(429, "application/json", "Content-Length: 500").text("{\"error\":{\"mess");
        });
        server.thenSay("at last");

        ChatCall call = open(2, Duration.ofMinutes(2), Duration.ofMinutes(5)).stream(ChatRequest.of("hi"), events::add);

        await().until(
                        () -> { // the pause takes no time, but its end must be looked for
                            time.advance(Duration.ZERO);
                            return call.ended();
                        });

        assertThat(call.await(LONG).text()).isEqualTo("at last");
        assertThat(events).contains(new ChatEvent.Retrying(2, Duration.ZERO, ChatError.RATE_LIMITED));
    }

    @Test
    void cancelling_while_the_words_of_a_refusal_are_awaited_is_told_as_such() throws Exception {
        refuseWithoutEnd();
        ChatCall call = open(3, LONG, LONG).stream(ChatRequest.of("hi"), events::add);
        assertThat(begun.await(5, TimeUnit.SECONDS)).isTrue();

        call.cancel();

        assertThat(failure(call).error()).isEqualTo(ChatError.CANCELLED);
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    @Tag("P45")
    void a_whole_that_takes_too_long_is_told_as_such_though_a_refusal_had_begun() throws Exception {
        refuseWithoutEnd();
        ChatCall call = open(3, Duration.ofHours(1), Duration.ofMinutes(5)).stream(ChatRequest.of("hi"), events::add);
        assertThat(begun.await(5, TimeUnit.SECONDS)).isTrue();

        time.advance(Duration.ofMinutes(6));

        assertThat(failure(call).error()).isEqualTo(ChatError.TIMEOUT);
        assertThat(failure(call)).hasMessageContaining("longer than 300 s");
    }

    // The list of models ---------------------------------------------------------------------------------------------

    @Test
    @Tag("P45")
    void a_list_of_models_that_is_refused_without_end_is_given_up() throws Exception {
        refuseWithoutEnd();
        Llm llm = open(1, Duration.ofHours(1), Duration.ofMinutes(5));
        CompletableFuture<ChatException> failure =
                CompletableFuture.supplyAsync(() -> catchThrowableOfType(ChatException.class, llm::models));
        assertThat(begun.await(5, TimeUnit.SECONDS)).isTrue();

        time.advance(Duration.ofMinutes(6));

        assertThat(failure.get(20, TimeUnit.SECONDS).error()).isEqualTo(ChatError.TIMEOUT);
        assertThat(failure.get()).hasMessageContaining("longer than 300 s");
    }
}
