package dev.gaze.core.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.chat.ChatSettings;
import dev.gaze.api.chat.ChatTool;
import dev.gaze.api.chat.ChatToolSource;
import dev.gaze.api.chat.ChatToolbox;
import dev.gaze.api.chat.ToolSettings;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.problem.Problem;
import dev.gaze.testkit.ManualTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class ChatRoomTest {
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    private static ChatRoom room(ChatToolSource... sources) {
        return new ChatRoom(
                List.of(),
                List.of(),
                List.of(sources),
                ChatSettings.ollama(ChatSettings.OLLAMA, null),
                new ToolSettings(
                        () -> {
                            throw new AssertionError("No tool was called");
                        },
                        List.of(),
                        new ManualTime()));
    }

    /** A source of one tool; counts how often it was opened and closed. */
    private ChatToolSource source(String tool) {
        return new Source(tool, () -> {});
    }

    private final class Source implements ChatToolSource {
        private final String tool;
        private final Runnable first;

        Source(String tool, Runnable first) {
            this.tool = tool;
            this.first = first;
        }

        @Override
        public String id() {
            return tool;
        }

        @Override
        public ChatToolbox open(ToolSettings settings) {
            first.run();
            opened.incrementAndGet();
            return new ChatToolbox() {
                @Override
                public List<ChatTool> tools() {
                    return List.of(new Named(tool));
                }

                @Override
                public List<Problem> warnings() {
                    return List.of();
                }

                @Override
                public void close() {
                    closed.incrementAndGet();
                }
            };
        }
    }

    private record Named(String id) implements ChatTool {
        @Override
        public String description() {
            return "does nothing";
        }

        @Override
        public JsonObject parameters() {
            return JsonObject.of("type", "object");
        }

        @Override
        public JsonValue run(JsonObject arguments) {
            return JsonValue.of("done");
        }
    }

    @Test
    void a_source_that_fails_takes_nobody_else_s_tools_along_and_nothing_is_opened_twice() {
        ChatRoom room = room(
                source("one"),
                new Source("torn", () -> {
                    throw new IllegalStateException("torn");
                }),
                source("two"));

        assertThat(room.tools()).extracting(ChatTool::id).containsExactly("one", "two");
        assertThat(room.tools()).hasSize(2);
        assertThat(opened).hasValue(2);
        room.close();
        room.close();
        assertThat(closed).hasValue(2);
    }

    @Test
    void closing_waits_for_no_source_that_is_being_opened_and_what_it_opens_is_closed() throws Exception {
        CountDownLatch opening = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ChatRoom room = room(new Source("slow", () -> {
            opening.countDown();
            awaitThat(goOn);
        }));
        CompletableFuture<List<ChatTool>> asked = CompletableFuture.supplyAsync(room::tools);
        awaitThat(opening);

        room.close();
        goOn.countDown();

        assertThatThrownBy(() -> asked.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(IllegalStateException.class);
        assertThat(closed).hasValue(1);
    }

    private static void awaitThat(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
