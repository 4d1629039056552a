package dev.gaze.example.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gaze.comfy.embedded.EmbeddedComfy;
import dev.gaze.example.project.SampleLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C, in a JVM of its own. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class InterruptTest {
    @TempDir
    private Path folder;

    @Test
    void whoever_stops_the_host_stops_the_server_too() throws IOException, InterruptedException {
        Path library = SampleLibrary.copyTo(folder);
        try (EmbeddedComfy comfy = EmbeddedComfy.start()) {
            comfy.stepsTake(Duration.ofMinutes(1));
            Path said = folder.resolve("said");
            Process host = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            "dev.gaze.example.Main",
                            "generate",
                            "--library",
                            library.toString(),
                            "--character",
                            "mira_vale",
                            "--allow-missing",
                            "--comfy",
                            comfy.address().toString())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            try {
                await().atMost(Duration.ofMinutes(2)).until(() -> comfy.promptCount() == 1 || !host.isAlive());
                assertThat(host.isAlive()).as(Files.readString(said)).isTrue();
                comfy.awaitRunning();

                host.destroy();

                assertThat(host.waitFor(60, TimeUnit.SECONDS)).isTrue();
                comfy.awaitFinished(1);
                assertThat(comfy.requests())
                        .anyMatch(request -> request.target().contains("/interrupt"));
            } finally {
                host.destroyForcibly();
            }
        }
    }
}
