package dev.gaze.example.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gaze.api.Gaze;
import dev.gaze.api.chat.ChatMessage;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.writer.WriteRequest;
import dev.gaze.api.writer.WriterCall;
import dev.gaze.example.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What commands say while a model's server stumbles, refuses, or takes its time. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TroubledModelTest extends ModelTesting {
    private static final Duration SHORT = Duration.ofMillis(300);

    private HostRun run(String... arguments) {
        return HostRun.of(false, model.environment(), arguments);
    }

    private Gaze gaze() {
        return Gaze.builder()
                .library(library)
                .environment(model.environment()::get)
                .embedded()
                .open();
    }

    @Test
    void write_tells_that_it_tries_again_as_chat_does() {
        model.stumbles().says("PROMPT: sea");

        HostRun run = run("write", "a lighthouse", "--library", library.toString());

        assertThat(run.code()).isZero();
        assertThat(run.lines().get(0)).startsWith("again     in ").contains("attempt 2: refused");
        assertThat(run.lines().get(1)).isEqualTo("PROMPT: sea");
    }

    @Test
    void an_author_tells_that_it_tries_again_also_where_nobody_watches() {
        model.stumbles()
                .says(
                        "{\"action_id\": \"sit\", \"action_name\": \"Sit\", \"action\": {\"full_body\": \"sitting\", \"additional\": \"\","
                                + " \"head\": \"\", \"eyes\": \"\", \"arms\": \"\", \"hands\": \"\"}}");

        HostRun run = run("author", "write", "action", "a seat", "--library", library.toString());

        assertThat(run.lines().get(0)).startsWith("again     in ").contains("attempt 2: refused");
    }

    @Test
    void a_prompt_that_fails_begins_with_its_error() {
        model.refuses();

        HostRun run = run("write", "a lighthouse", "--library", library.toString());

        assertThat(run.code()).isEqualTo(ExitCodes.of(Kind.INVALID));
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("error: ");
    }

    @Test
    void a_prompt_that_takes_too_long_is_stopped_and_names_the_option() throws InterruptedException {
        model.talksOn();
        try (Gaze gaze = gaze()) {
            WriterCall call = gaze.writer().build().stream(WriteRequest.of("a lighthouse"), event -> {});

            GazeException late = catchThrowableOfType(
                    GazeException.class, () -> new TimeLimit(SHORT).await(call::await, call::cancel));

            assertThat(late.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(late).hasMessageContaining("was stopped").hasMessageContaining("--minutes");
            assertThat(model.left().await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void a_talk_that_takes_too_long_names_the_option() {
        model.talksOn();
        Terminal terminal = new Terminal(
                new PrintWriter(new StringWriter()),
                new PrintWriter(new StringWriter()),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                false);
        try (Gaze gaze = gaze()) {
            Talk talk = new Talk(gaze, List.of(), null, null, SHORT, terminal);

            GazeException late =
                    catchThrowableOfType(GazeException.class, () -> talk.ask(new ChatMessage.User("Talk!", List.of())));

            assertThat(late.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(late).hasMessageContaining("--minutes");
        }
    }
}
