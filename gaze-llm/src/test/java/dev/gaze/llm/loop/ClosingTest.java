package dev.gaze.llm.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gaze.api.chat.ChatError;
import dev.gaze.api.chat.ChatException;
import dev.gaze.api.chat.ChatSettings;
import dev.gaze.api.chat.Llm;
import dev.gaze.llm.stub.StubServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A list of models while the connection is closed. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class ClosingTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final StubServer server = new StubServer();
    private final WatchedTime time = new WatchedTime();

    private static CompletableFuture<ChatException> failure(Llm llm) {
        return CompletableFuture.supplyAsync(() -> catchThrowableOfType(ChatException.class, llm::models));
    }

    @Test
    void a_list_of_models_that_has_just_begun_is_ended() {
        try (server;
                Llm llm = new ToolLoop(ChatSettings.openAi(server.url("/v1"), "m", null), time)) {
            server.always((asked, wire) -> wire.awaitLeaving());
            time.atNextLook(llm::close); // when its limits begin, before anything is sent

            assertThat(failure(llm))
                    .succeedsWithin(LONG)
                    .satisfies(told -> assertThat(told.error()).isEqualTo(ChatError.CANCELLED));
        }
    }

    @Test
    void a_list_of_models_that_is_under_way_is_told_to_be_cancelled() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        try (server;
                Llm llm = new ToolLoop(ChatSettings.openAi(server.url("/v1"), "m", null), time)) {
            server.then((asked, wire) -> {
                wire.begin(200, "application/json").text("{\"data\":[");
                begun.countDown();
                wire.awaitLeaving();
            });
            CompletableFuture<ChatException> failure = failure(llm);
            assertThat(begun.await(5, TimeUnit.SECONDS)).isTrue();

            llm.close();

            assertThat(failure)
                    .succeedsWithin(LONG)
                    .satisfies(told -> assertThat(told.error()).isEqualTo(ChatError.CANCELLED));
            assertThat(server.sawLeaving()).isTrue();
        }
    }
}
