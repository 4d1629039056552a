package dev.gaze.llm.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gaze.api.chat.ToolServer;
import dev.gaze.llm.client.KnownSecrets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of programs that offer tools when nobody needs them any more. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class ServerProcessTest {
    @TempDir
    Path folder;

    private final CountDownLatch ended = new CountDownLatch(1);

    private ServerProcess start(String script) {
        ServerProcess process = new ServerProcess(
                new ToolServer.Command("wrapped", List.of("sh", "-c", script), Map.of()),
                new KnownSecrets(List.of()),
                ended::countDown);
        process.connect(message -> message).block();
        return process;
    }

    /** The process whose id a program has written down. */
    private ProcessHandle written(String name) {
        Path file = folder.resolve(name);
        await().until(() -> Files.exists(file) && Files.readString(file).endsWith("\n"));
        try {
            return ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
                    .orElseThrow();
        } catch (java.io.IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    @Test
    void a_program_behind_a_wrapper_that_ignores_the_wish_to_end_is_ended() throws Exception {
        ServerProcess process = start("sh -c 'trap \"\" TERM HUP; echo $$ > %s; while :; do sleep 1; done' & wait"
                .formatted(folder.resolve("inner")));
        ProcessHandle inner = written("inner");
        try {
            process.closeGracefully().block(Duration.ofSeconds(30));

            assertThat(inner.onExit()).succeedsWithin(Duration.ofSeconds(10));
            assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            inner.destroyForcibly();
        }
    }

    @Test
    void programs_that_heed_the_wish_to_end_do_so_in_their_own_way() throws Exception {
        Path last = folder.resolve("last");
        ServerProcess process =
                start("sh -c 'trap \"echo bye > %s; exit\" TERM; echo $$ > %s; while :; do sleep 0.1; done' & wait"
                        .formatted(last, folder.resolve("inner")));
        ProcessHandle inner = written("inner");
        try {
            process.closeGracefully().block(Duration.ofSeconds(30));

            assertThat(inner.onExit()).succeedsWithin(Duration.ofSeconds(10));
            assertThat(last).hasContent("bye");
        } finally {
            inner.destroyForcibly();
        }
    }
}
