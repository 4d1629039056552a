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
import java.util.Map;
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

    private int run(boolean interactive, Map<String, String> environment, String... arguments) {
        return Host.run(terminal(interactive), environment::get, arguments);
    }

    private String said() {
        return out.toString(); // a StringBuffer lies below, which several threads may use
    }

    @Test
    @Tag("I16")
    void a_server_that_goes_away_is_told_in_a_line_of_its_own() {
        try (EmbeddedComfy comfy = EmbeddedComfy.start();
                Gaze gaze =
                        Gaze.builder().library(library).server(comfy.address()).open()) {
            ServerWatch watch = new ServerWatch(gaze, terminal(false), Duration.ofMillis(50));
            CompletableFuture<Boolean> allThere = CompletableFuture.supplyAsync(() -> watch.watch(null));
            await().atMost(LONG).until(() -> said().contains("up, 0 of 1 busy"));
            assertThat(said()).contains("jobs  0 running, 0 queued");
            comfy.close();
            await().atMost(LONG).until(() -> said().contains(" down"));
            watch.end();

            assertThat(allThere.join()).isFalse();
        }
        assertThat(said().lines().filter(line -> line.contains(" up"))).hasSize(1);
        assertThat(said()).doesNotContain("\u001B");
    }

    @Test
    void servers_that_are_all_there_are_a_success() {
        assertThat(run(false, Map.of(), "backends", "--library", library.toString(), "--for", "3s", "--every", "50ms"))
                .isZero();
        assertThat(said()).contains("up, 0 of 1 busy");
    }

    @Test
    @Tag("I16")
    void on_a_terminal_lines_change_in_place_and_keep_to_their_width() throws Exception {
        Files.writeString(
                library.resolve("gaze.json"),
                "{\"servers\": [\"http://127.0.0.1:9\", \"http://127.0.0.1:9/%s\"]}".formatted("long".repeat(40)));

        int code = run(true, Map.of(), "backends", "--library", library.toString(), "--watch", "--for", "3s");

        assertThat(code).isEqualTo(ExitCodes.of(Kind.UNAVAILABLE));
        assertThat(said()).contains("\u001B[3A\rhttp://127.0.0.1:9  down", "…\u001B[K");
        assertThat(said().lines().map(line -> line.replaceAll("\u001B\\[\\d*[AKJ]|\r", "")))
                .allSatisfy(line -> assertThat(line.length()).isLessThan(80));
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
