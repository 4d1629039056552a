package dev.gaze.example.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gaze.api.Gaze;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.comfy.embedded.EmbeddedComfy;
import dev.gaze.example.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are watched. */
@Timeout(180)
@DisplayNameGeneration(ReplaceUnderscores.class)
class BackendsWatchTest {
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    Path library;

    private final StringWriter out = new StringWriter();

    private Terminal terminal(boolean interactive) {
        return new Terminal(
                new PrintWriter(out, true),
                new PrintWriter(new StringWriter(), true),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                interactive);
    }

    private int run(String... arguments) {
        return Host.run(terminal(false), name -> null, arguments);
    }

    private String said() {
        return out.toString(); // a StringBuffer lies below, which several threads may use
    }

    private void awaitSaid(String text) {
        await().atMost(LONG).until(() -> said().contains(text));
    }

    /** Watches until it has said enough; answers whether all servers were there at the end. */
    private boolean watch(boolean interactive, Gaze gaze, Runnable meanwhile) {
        ServerWatch watch = new ServerWatch(gaze, terminal(interactive), Duration.ofMillis(50));
        CompletableFuture<Boolean> allThere = CompletableFuture.supplyAsync(() -> watch.watch(null));
        try {
            meanwhile.run();
        } finally {
            watch.end();
        }
        return allThere.orTimeout(LONG.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Test
    @Tag("I16")
    void a_server_that_goes_away_is_told_in_a_line_of_its_own() {
        try (EmbeddedComfy comfy = EmbeddedComfy.start();
                Gaze gaze =
                        Gaze.builder().library(library).server(comfy.address()).open()) {
            boolean allThere = watch(false, gaze, () -> {
                awaitSaid("up, 0 of 1 busy");
                assertThat(said()).contains("jobs  0 running, 0 queued");
                comfy.close();
                awaitSaid(" down");
            });

            assertThat(allThere).isFalse();
        }
        assertThat(said().lines().filter(line -> line.contains(" up"))).hasSize(1);
        assertThat(said()).doesNotContain("\u001B");
    }

    @Test
    void servers_that_are_all_there_are_a_success() {
        try (Gaze gaze = Gaze.builder().library(library).embedded().open()) {
            assertThat(watch(false, gaze, () -> awaitSaid("up, 0 of 1 busy"))).isTrue();
        }
    }

    @Test
    void on_a_terminal_lines_change_in_place_and_keep_to_their_width() throws Exception {
        Files.writeString(
                library.resolve("gaze.json"),
                "{\"servers\": [\"http://127.0.0.1:9\", \"http://127.0.0.1:9/%s\"]}".formatted("long".repeat(40)));

        try (Gaze gaze = Gaze.open(library)) {
            boolean allThere = watch(true, gaze, () -> {
                awaitSaid("\u001B[3A\rhttp://127.0.0.1:9  down");
                awaitSaid("…\u001B[K");
            });

            assertThat(allThere).isFalse();
        }
        assertThat(said().lines().map(line -> line.replaceAll("\u001B\\[\\d*[AKJ]|\r", "")))
                .allSatisfy(line -> assertThat(line.length()).isLessThan(80));
    }

    @Test
    void servers_that_are_not_there_when_the_time_is_over_are_no_success() {
        assertThat(run("backends", "--library", library.toString(), "--comfy", "http://127.0.0.1:9", "--for", "1s"))
                .isEqualTo(ExitCodes.of(Kind.UNAVAILABLE));
    }

    @Test
    void without_a_time_it_watches_until_somebody_stops_it() throws Exception {
        Path said = library.resolve("said");
        Process host = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.gaze.example.Main",
                        "backends",
                        "--library",
                        library.toString(),
                        "--watch")
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            await().atMost(LONG).until(() -> Files.readString(said).contains("0 of 1 busy") || !host.isAlive());
            assertThat(host.isAlive()).as(Files.readString(said)).isTrue();

            host.destroy();

            assertThat(host.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(said)).doesNotContain("Exception");
        } finally {
            host.destroyForcibly();
        }
    }

    @Test
    void a_time_that_is_none_is_refused() {
        HostRun run = HostRun.of("backends", "--for", "soon");

        assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains("'soon' is no time; expected e.g. 10s, 5m or 1h");
    }
}
